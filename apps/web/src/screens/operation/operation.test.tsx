import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { withFailed } from "../../../test/failed-jobs.ts";
import { renderAt } from "../../../test/render-at.tsx";

type World = Awaited<ReturnType<typeof renderAt>>;

/** Begins a retry; its page is reached from the list. */
async function begin(world: World, body: object): Promise<string> {
  const reply = await world.post("/api/queues/billing/jobs/bulk", { action: "job.retry", ...body });
  const { operation } = await reply.json();
  await userEvent.click(await screen.findByRole("link", { name: /^Operations/ }));
  const table = await screen.findByRole("table", { name: "Operations" });
  await userEvent.click(within(table).getByRole("link", { name: "Retry" }));
  return operation.id;
}

const get = async (world: World, id: string) => (await world.fetch(`/api/operations/${id}`)).json();
const all = { selection: { filter: { state: "failed" } } };

describe("the page of an operation", () => {
  it("pauses, goes on and stops; each is on record under it", async () => {
    const world = await renderAt("/queues", withFailed(10));
    const id = await begin(world, { ...all, rate_per_s: 0.1 });
    await userEvent.click(await screen.findByRole("button", { name: "Pause" }));
    expect(await screen.findByRole("button", { name: "Go on" })).toBeTruthy();
    expect((await get(world, id)).state).toBe("paused");
    expect(
      screen.getByText(/^What is put back already still runs; only a pause of billing holds it\./),
    ).toBeTruthy();
    expect(screen.getByRole("button", { name: "Pause… billing" })).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Go on" }));
    expect(await screen.findByRole("button", { name: "Pause" })).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Stop…" }));
    const dialog = await screen.findByRole("dialog", { name: "Stop “Retry” of billing?" });
    await userEvent.type(within(dialog).getByLabelText(/^Reason/), "wrong shape");
    await userEvent.click(within(dialog).getByRole("button", { name: "Stop it" }));
    expect(
      await screen.findByText(/^Stopped at \d of 10 \(\d+ %\); the other \d+ were left alone\.$/),
    ).toBeTruthy();
    const { items } = await (await world.fetch(`/api/audit?operation_id=${id}`)).json();
    expect(items.map(({ action }: { action: string }) => action).toSorted()).toEqual([
      "job.retry",
      "operation.cancel",
      "operation.pause",
      "operation.resume",
    ]);
    expect(items.find(({ action }: { action: string }) => action === "operation.cancel")).toMatchObject({
      reason: "wrong shape",
    });
  });

  it("shows each job's outcome, filtered by the address, with why it was left alone", async () => {
    const world = await renderAt("/queues", withFailed(3));
    const ids = [{ id: "job-0" }, { id: "job-1" }, { id: "job-2", version: "old" }];
    await begin(world, { selection: { ids } });
    const tabs = await screen.findByRole("navigation", { name: "Outcomes by kind" });
    await waitFor(() =>
      expect(
        within(tabs)
          .getAllByRole("link")
          .map((link) => link.textContent),
      ).toEqual(["all 3", "retried 2", "skipped 1", "could not be retried 0", "unknown 0"]),
    );
    await userEvent.click(within(tabs).getByRole("link", { name: "skipped 1" }));
    const table = await screen.findByRole("table", { name: "Outcomes" });
    await waitFor(() => expect(within(table).getAllByRole("row")).toHaveLength(2));
    expect(within(table).getByRole("link", { name: "Job job-2" }).getAttribute("href")).toBe(
      "/queues/billing/jobs/job-2",
    );
    expect(within(table).getByText(/^It has moved on since it was selected/)).toBeTruthy();
    await userEvent.click(within(tabs).getByRole("link", { name: "could not be retried 0" }));
    expect(await screen.findByText("None of this kind")).toBeTruthy();
  });

  it("names the jobs of a queue that was emptied while they are held, then says that they were put back", async () => {
    const world = await renderAt("/queues", {
      wrapEngine: (engine) => {
        for (let i = 0; i < 3; i++) engine.add("billing", "invoice.charge", {}, { id: `job-${i}` });
        return engine;
      },
    });
    await world.post("/api/queues/billing/drain", {});
    await userEvent.click(await screen.findByRole("link", { name: /^Operations/ }));
    const list = await screen.findByRole("table", { name: "Operations" });
    const [link] = await within(list).findAllByRole("link", { name: "Delete all waiting jobs" });
    if (link === undefined) throw new Error("It is not listed.");
    await userEvent.click(link);
    const table = await screen.findByRole("table", { name: "Outcomes" });
    await waitFor(() => expect(within(table).getAllByText("moved aside")).toHaveLength(3));
    expect(within(table).getByRole("link", { name: "Job job-2" })).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Put them back…" }));
    const dialog = await screen.findByRole("dialog", { name: "Put 3 jobs back into billing?" });
    await userEvent.click(within(dialog).getByRole("button", { name: "Put 3 jobs back" }));
    expect(await screen.findByText("3 jobs moved aside have no line here")).toBeTruthy();
    expect(screen.getByText(/^They were moved aside together and have been put back;/)).toBeTruthy();
    expect(await screen.findByText("All 3 jobs were moved aside, then put back.")).toBeTruthy();
  });

  it("says that an operation is not held here", async () => {
    await renderAt("/operations/01KB0000000000000000000000");
    expect(await screen.findByRole("heading", { name: "Not found" })).toBeTruthy();
    expect(screen.getByText(/operations that ended long ago are forgotten/)).toBeTruthy();
  });
});
