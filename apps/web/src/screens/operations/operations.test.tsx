import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { withFailed } from "../../../test/failed-jobs.ts";
import { bulk, drained, redrive } from "../../../test/operations.ts";
import { renderAt } from "../../../test/render-at.tsx";
import { renderView } from "../../../test/render-view.tsx";
import { inOrder, OperationTable } from "./operation-table.tsx";

const retry = (ids: string[], rate_per_s?: number) => ({
  action: "job.retry",
  selection: { ids: ids.map((id) => ({ id })) },
  ...(rate_per_s === undefined ? {} : { rate_per_s }),
});
const rows = async () =>
  within(await screen.findByRole("table", { name: "Operations" }))
    .getAllByRole("row")
    .slice(1)
    .map((row) => row.textContent);

describe("the list of operations", () => {
  it("teaches what will be there", async () => {
    await renderAt("/operations");
    expect(await screen.findByText(/^Nothing has run in the background since/)).toBeTruthy();
    expect(screen.getByText(/ten first, then 10 %, then the rest/)).toBeTruthy();
  });

  it("shows what began long ago and still runs on every screen, whatever ended since", async () => {
    const world = await renderAt("/queues", withFailed(70));
    const begin = (body: object) => world.as("Ben").post("/api/queues/billing/jobs/bulk", body);
    await begin(retry(["job-0", "job-1"], 0.1));
    for (let i = 2; i < 62; i++) {
      await begin({ action: "job.remove", selection: { ids: [{ id: `job-${i}`, version: "old" }] } });
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    const link = await screen.findByRole("link", { name: /^Operations/ });
    await waitFor(() => expect(link.textContent).toBe("Operations1 under way"));
    await userEvent.click(link);
    await waitFor(async () => expect((await rows())[0]).toMatch(/^Retryrunning/));
    expect(screen.getByText(/^61 operations, 1 under way$/)).toBeTruthy();
  });

  it("shows what runs first, and is filtered by its address", async () => {
    const world = await renderAt("/operations", withFailed(10));
    const begin = (body: object) => world.as("Ben").post("/api/queues/billing/jobs/bulk", body);
    await begin(retry(["job-0"]));
    await begin({ action: "job.remove", selection: { ids: [{ id: "job-1" }] }, reason: "poison" });
    await begin(retry(["job-2", "job-3"], 0.1));
    await userEvent.selectOptions(await screen.findByLabelText("State"), "running");
    await waitFor(async () => expect(await rows()).toHaveLength(1));
    expect((await rows())[0]).toMatch(/^Retryrunningbilling\d of 2/);
    await userEvent.selectOptions(screen.getByLabelText("State"), "done");
    await waitFor(async () => expect(await rows()).toHaveLength(2));
    expect((await rows())[0]).toMatch(/^Removedonebilling1 of 1.*Ben“poison”/);
    await userEvent.selectOptions(screen.getByLabelText("State"), "failed");
    expect(await screen.findByText("No operation matches")).toBeTruthy();
    await userEvent.click(screen.getByRole("link", { name: "Show all" }));
    await waitFor(async () => expect(await rows()).toHaveLength(3));
    expect((await rows())[0]).toMatch(/^Retryrunning/);
    expect(within(screen.getByRole("link", { name: /^Operations/ })).getByText("1")).toBeTruthy();
  });

  it("keeps what it understands of an address and names the rest", async () => {
    const world = await renderAt("/operations?state=dancing&queue=gone", withFailed(1));
    expect(await screen.findByText(/state “dancing”/)).toBeTruthy();
    expect(screen.getByLabelText<HTMLSelectElement>("Queue").value).toBe("gone");
    expect(screen.getByText("No operation matches")).toBeTruthy();
    expect((await (await world.fetch("/api/operations?queue=gone")).json()).total).toBe(0);
  });
});

it("puts those under way before the newest", () => {
  const at = (created_at: string, state: "done" | "running") => bulk({ id: created_at, created_at, state });
  expect(
    inOrder([at("1", "running"), at("3", "done"), at("2", "done"), at("4", "running")]).map(({ id }) => id),
  ).toEqual(["4", "1", "3", "2"]);
});

it("says what did not simply succeed, and what can be put back", () => {
  renderView(
    <OperationTable
      operations={[bulk({ id: "a", unknown: 3 }), redrive({ id: "b" }), drained({ id: "c" })]}
    />,
  );
  const table = screen.getByRole("table", { name: "Operations" });
  expect(within(table).getByText(/2 could not be retried/).className).toBe("text-failed");
  expect(within(table).getByText(/3 of unknown outcome/).className).toBe("text-paused");
  // Put back is not done: the bar shows the second, so the figures say both.
  expect(within(table).getByText(/^10 of 2,310 put back, 3 done$/)).toBeTruthy();
  expect(within(table).getByText(/can be put back until 2126-11-25 14:21Z/)).toBeTruthy();
});
