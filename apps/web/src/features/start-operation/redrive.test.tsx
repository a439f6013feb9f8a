import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { withFailed } from "../../../test/failed-jobs.ts";
import { renderAt } from "../../../test/render-at.tsx";

type World = Awaited<ReturnType<typeof renderAt>>;

/** Opens the dialog from the page of failed jobs. */
async function openDialog(): Promise<HTMLElement> {
  const [head] = await screen.findAllByRole("button", { name: "Retry in phases…" });
  await userEvent.click(head as HTMLElement);
  return screen.findByRole("dialog", { name: "Retry in phases: billing" });
}

/** Lets the world's time pass until something is on screen. */
async function passUntil(world: World, seen: () => unknown): Promise<void> {
  await waitFor(
    async () => {
      await world.clock.advance(1000);
      expect(seen()).toBeTruthy();
    },
    { timeout: 40_000, interval: 300 },
  );
}

const phaseOne = () => screen.queryByRole("listitem", { name: "Phase 1" });

describe("a retry in phases", () => {
  it("takes one press, and its ten dots turn green before the rest goes", async () => {
    const world = await renderAt("/queues/billing/dlq", withFailed(30));
    const dialog = await openDialog();
    expect(await within(dialog).findByText("10 jobs first, then 3, then 17")).toBeTruthy();
    await userEvent.type(within(dialog).getByLabelText(/^Incident/), "INC-7");
    await userEvent.selectOptions(within(dialog).getByLabelText("Next phase"), "Begins by itself");
    await userEvent.click(within(dialog).getByRole("button", { name: "Retry 10, then 20 by themselves" }));
    // Nobody runs them yet: put back, but none is called well.
    expect(await screen.findByRole("img", { name: /^Phase 1: 0 of 10 completed/ })).toBeTruthy();
    expect((await world.engine.queue("billing")).counts.failed).toBe(20);
    world.engine.addWorker({ queues: ["billing"], concurrency: 50, simulate: () => ({ ms: 5 }) });
    await passUntil(world, () =>
      screen.queryByText("All 30 jobs were retried: 30 of 30 completed, 0 failed again."),
    );
    const { items } = await (await world.fetch("/api/audit?action=job.retry")).json();
    expect(
      items.map(({ source, incident, affected }: Record<string, unknown>) => [source, incident, affected]),
    ).toEqual([
      ["redrive", "INC-7", 17],
      ["redrive", "INC-7", 3],
      ["redrive", "INC-7", 10],
    ]);
  });

  it("stops by itself when its jobs fail again, and leaves the next step to a person", async () => {
    const world = await renderAt("/queues/billing/dlq", withFailed(30));
    const error = { name: "TimeoutError", message: "connect timed out", stack: null };
    world.engine.addWorker({ queues: ["billing"], concurrency: 50, simulate: () => ({ ms: 5, error }) });
    const dialog = await openDialog();
    await userEvent.click(await within(dialog).findByRole("button", { name: "Retry 10 of 30 jobs first" }));
    await passUntil(world, () => screen.queryByText("fails again"));
    expect(screen.getAllByText(/TimeoutError: connect timed out/).length).toBeGreaterThan(0);
    expect(screen.getByRole("button", { name: "Advance anyway…" })).toBeTruthy();
    expect((await world.engine.queue("billing")).counts.failed).toBe(30);
  });

  it("follows another plan, its sizes shown as it is typed", async () => {
    const world = await renderAt("/queues/billing/dlq", withFailed(30));
    const dialog = await openDialog();
    await userEvent.click(await within(dialog).findByRole("button", { name: "Change phases, gate or pace" }));
    const first = within(dialog).getByLabelText("Phase 1: how many");
    await userEvent.clear(first);
    expect(within(dialog).getByText("A whole number from 1.")).toBeTruthy();
    expect(within(dialog).getByText("Put the plan right first.")).toBeTruthy();
    await userEvent.type(first, "5");
    await userEvent.click(within(dialog).getByRole("button", { name: "Take phase 2 away" }));
    expect(within(dialog).getByText("5 jobs first, then 25")).toBeTruthy();
    await userEvent.click(within(dialog).getByRole("button", { name: "Retry 5 of 30 jobs first" }));
    await waitFor(() => expect(phaseOne()).toBeTruthy());
    const [operation] = (await (await world.fetch("/api/operations")).json()).items;
    expect(operation).toMatchObject({ kind: "redrive", matched: 30, gate: { advance: "manual" } });
    expect(operation.phases.map(({ size }: { size: number }) => size)).toEqual([5, 25]);
  });
});
