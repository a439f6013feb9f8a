import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { withFailed } from "../../../test/failed-jobs.ts";
import { renderAt } from "../../../test/render-at.tsx";

type World = Awaited<ReturnType<typeof renderAt>>;

const operationsOf = async (world: World) => (await (await world.fetch("/api/operations")).json()).items;

async function openDialog(): Promise<HTMLElement> {
  // The menu's code comes with the pointer; its button is another then.
  await userEvent.hover(await screen.findByRole("button", { name: "More for billing" }));
  await userEvent.click(await screen.findByRole("button", { name: "More for billing" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "Delete old jobs…" }));
  return screen.findByRole("dialog", { name: "Delete old jobs of billing" });
}

it("counts old jobs as state and age are picked, and deletes them after the queue's name was typed", async () => {
  const world = await renderAt("/queues/billing", withFailed(30));
  const dialog = await openDialog();
  const button = () => within(dialog).getByRole("button", { name: /^Delete (old jobs|30 failed jobs)$/ });
  await waitFor(() => expect(button().getAttribute("aria-description")).toMatch(/^No job/));
  await userEvent.selectOptions(within(dialog).getByLabelText("State"), "failed");
  expect(within(dialog).getByText("since it finished")).toBeTruthy();
  await userEvent.selectOptions(within(dialog).getByLabelText("Older than"), "any age");
  await waitFor(() => expect(button().textContent).toBe("Delete 30 failed jobs"));
  expect(within(dialog).getByText(/^They are held for 24 hours/)).toBeTruthy();
  await userEvent.click(button());
  expect(within(dialog).getByText("Type billing, the name of the queue.")).toBeTruthy();
  expect(await operationsOf(world)).toEqual([]);
  await userEvent.type(within(dialog).getByLabelText("Type billing to confirm"), "billing");
  await userEvent.type(within(dialog).getByLabelText(/^Reason/), "poison");
  await userEvent.click(button());
  await waitFor(() =>
    expect(screen.queryByRole("dialog", { name: "Delete old jobs of billing" })).toBeNull(),
  );
  expect(await operationsOf(world)).toMatchObject([
    {
      kind: "clean",
      action: "queue.clean",
      matched: 30,
      succeeded: 30,
      reason: "poison",
      held: { count: 30 },
    },
  ]);
  expect((await world.engine.queue("billing")).counts.failed).toBe(0);
});

it("deletes nothing when it is called off", async () => {
  const world = await renderAt("/queues/billing", withFailed(5));
  const dialog = await openDialog();
  await userEvent.click(within(dialog).getByRole("button", { name: "Keep as it is" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(await operationsOf(world)).toEqual([]);
  expect((await world.engine.queue("billing")).counts.failed).toBe(5);
});
