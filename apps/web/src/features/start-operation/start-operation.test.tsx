import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { withFailed } from "../../../test/failed-jobs.ts";
import { renderAt } from "../../../test/render-at.tsx";

type World = Awaited<ReturnType<typeof renderAt>>;

const failedJobs = "/queues/billing/jobs?state=failed&size=5";
const bar = () => screen.findByRole("region", { name: "Selected jobs" });
const press = async (inside: HTMLElement, name: string | RegExp) =>
  userEvent.click(await within(inside).findByRole("button", { name }));
const operationsOf = async (world: World) => (await (await world.fetch("/api/operations")).json()).items;
const countsOf = async (world: World) => (await world.engine.queue("billing")).counts;

/** All rows of the page, then all that match. */
async function selectAll(): Promise<void> {
  const table = await screen.findByRole("table", { name: "Jobs of billing" });
  await userEvent.click(within(table).getByRole("checkbox", { name: "Select all rows shown" }));
  await press(await bar(), /^Select all [\d,]+ that match$/);
}

describe("all that match", () => {
  it("are counted, retried in one press, and followed", async () => {
    const world = await renderAt(failedJobs, withFailed(40));
    await selectAll();
    expect(within(await bar()).getByText("All 40 jobs that match are selected")).toBeTruthy();
    expect((await operationsOf(world)).length).toBe(0);
    await press(await bar(), "Retry…");
    const dialog = await screen.findByRole("dialog", { name: "Retry jobs of billing" });
    expect((await within(dialog).findByRole("list", { name: "Filter" })).textContent).toBe("failed");
    await userEvent.type(within(dialog).getByLabelText(/^Reason/), "provider is back");
    await press(dialog, `Retry 40 jobs`);
    expect(await screen.findByText(`All 40 jobs were retried.`)).toBeTruthy();
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(screen.queryByRole("region", { name: "Selected jobs" })).toBeNull();
    expect(await operationsOf(world)).toMatchObject([
      {
        kind: "bulk",
        action: "job.retry",
        state: "done",
        matched: 40,
        succeeded: 40,
        reason: "provider is back",
      },
    ]);
    expect((await countsOf(world)).failed).toBe(0);
  });

  it("are removed only after the queue's name was typed, held, and put back", async () => {
    const world = await renderAt(failedJobs, withFailed(40));
    await selectAll();
    await press(await bar(), "Remove…");
    const dialog = await screen.findByRole("dialog", { name: "Remove jobs of billing" });
    expect(await within(dialog).findByText(/^They are held for 24 hours/)).toBeTruthy();
    await press(dialog, `Remove 40 jobs`);
    expect(within(dialog).getByText("Type billing, the name of the queue.")).toBeTruthy();
    expect((await operationsOf(world)).length).toBe(0);
    await userEvent.type(within(dialog).getByLabelText("Type billing to confirm"), "billing");
    await press(dialog, `Remove 40 jobs`);
    const held = await screen.findByRole("link", {
      name: /^40 jobs that .* are held until/,
    });
    expect((await countsOf(world)).failed).toBe(0);
    await userEvent.click(held);
    await userEvent.click(await screen.findByRole("button", { name: "Put them back…" }));
    await press(await screen.findByRole("dialog"), `Put 40 jobs back`);
    expect(await screen.findByText(`All 40 jobs were moved aside, then put back.`)).toBeTruthy();
    expect((await countsOf(world)).failed).toBe(40);
  });

  it("need a state to be picked first", async () => {
    await renderAt("/queues/billing/jobs?size=5");
    const table = await screen.findByRole("table", { name: "Jobs of billing" });
    await userEvent.click(within(table).getByRole("checkbox", { name: "Select all rows shown" }));
    const all = within(await bar()).getByRole("button", { name: "Select all that match" });
    expect(all.getAttribute("aria-description")).toBe("Pick a state first: what can be done depends on it.");
  });

  it("lose the mark as soon as one row is taken out", async () => {
    await renderAt(failedJobs, withFailed(40));
    await selectAll();
    const table = await screen.findByRole("table", { name: "Jobs of billing" });
    await userEvent.click(within(table).getAllByRole("checkbox")[2] as HTMLElement);
    expect(within(await bar()).getByText("4 selected")).toBeTruthy();
  });
});

it("acts on more than twenty picked rows as one operation, on those only", async () => {
  const world = await renderAt("/queues/billing/jobs?state=failed&size=25", withFailed(40));
  const table = await screen.findByRole("table", { name: "Jobs of billing" });
  await userEvent.click(within(table).getByRole("checkbox", { name: "Select all rows shown" }));
  await press(await bar(), "Retry…");
  const dialog = await screen.findByRole("dialog", { name: "Retry jobs of billing" }, { timeout: 40_000 });
  expect(await within(dialog).findByText("picked")).toBeTruthy();
  await press(dialog, "Retry 25 jobs");
  await waitFor(async () =>
    expect(await operationsOf(world)).toMatchObject([{ matched: 25, succeeded: 25, state: "done" }]),
  );
});

it("can begin later: shown with its time, and stopped before it", async () => {
  const world = await renderAt(failedJobs, withFailed(40));
  await selectAll();
  await press(await bar(), "Retry…");
  const dialog = await screen.findByRole("dialog", { name: "Retry jobs of billing" });
  await userEvent.selectOptions(within(dialog).getByLabelText("Begin"), "in 15 minutes");
  await press(dialog, "Retry 40 jobs");
  await waitFor(async () => expect(await operationsOf(world)).toHaveLength(1));
  expect(await operationsOf(world)).toMatchObject([{ state: "scheduled", matched: 40, done: 0 }]);
  await userEvent.click(await screen.findByRole("link", { name: /^Retrying 40 jobs: begins / }));
  await screen.findByRole("heading", { level: 1, name: "Retry · billing" });
  expect(document.querySelector("main")?.textContent).toMatch(/Begins in 1[45] min;/);
  await userEvent.click(screen.getByRole("button", { name: "Stop…" }));
  await press(await screen.findByRole("dialog"), "Stop it");
  await waitFor(async () =>
    expect(await operationsOf(world)).toMatchObject([{ state: "cancelled", done: 0 }]),
  );
  expect((await countsOf(world)).failed).toBe(40);
});

it("says which one runs already, and leads to it", async () => {
  const world = await renderAt(failedJobs, withFailed(40));
  const slow = { action: "job.retry", selection: { filter: { state: "failed" } }, rate_per_s: 0.1 };
  const begun = await (await world.as("Ben").post("/api/queues/billing/jobs/bulk", slow)).json();
  await selectAll();
  await press(await bar(), "Retry…");
  const dialog = await screen.findByRole("dialog", { name: "Retry jobs of billing" });
  await press(dialog, /^Retry [\d,]+ jobs$/);
  const alert = await within(dialog).findByRole("alert");
  expect(alert.textContent).toMatch(/^Ben began the same in billing already/);
  await userEvent.click(within(alert).getByRole("link", { name: "Show the one under way" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Retry · billing" })).toBeTruthy();
  expect(screen.queryByRole("dialog")).toBeNull();
  expect((await operationsOf(world)).map(({ id }: { id: string }) => id)).toEqual([begun.operation.id]);
});

it("deletes what waits with one press, and puts it back with another", async () => {
  const world = await renderAt("/queues/billing", {
    wrapEngine: (engine) => {
      engine.defineQueue("billing");
      for (let i = 0; i < 30; i++) engine.add("billing", "invoice.charge", { i }, { id: `${i}` });
      engine.add("billing", "invoice.charge", {}, { id: "later", delayMs: 60_000 });
      return engine;
    },
  });
  // The menu's code comes with the pointer; its button is another then.
  await userEvent.hover(await screen.findByRole("button", { name: "More for billing" }));
  await userEvent.click(await screen.findByRole("button", { name: "More for billing" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "Delete all waiting jobs…" }));
  const dialog = await screen.findByRole("dialog", { name: "Delete all waiting jobs of billing" });
  expect(await within(dialog).findByText("30 waiting jobs")).toBeTruthy();
  await userEvent.click(within(dialog).getByRole("checkbox", { name: "Also the 1 delayed" }));
  await userEvent.type(within(dialog).getByLabelText("Type billing to confirm"), "billing");
  await press(dialog, "Delete 31 waiting and delayed jobs");
  expect(await screen.findByText(/^All 31 jobs were moved aside\. They can be put back until/)).toBeTruthy();
  expect((await countsOf(world)).waiting).toBe(0);
  await userEvent.click(screen.getAllByRole("link", { name: "Show the operation" }).at(-1) as HTMLElement);
  await userEvent.click(await screen.findByRole("button", { name: "Put them back…" }));
  await press(await screen.findByRole("dialog"), "Put 31 jobs back");
  expect(await screen.findByText("All 31 jobs were moved aside, then put back.")).toBeTruthy();
  expect((await countsOf(world)).waiting).toBe(30);
  expect((await countsOf(world)).delayed).toBe(1);
});
