import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { renderAt } from "../../../test/render-at.tsx";

it("asks before it pauses, pauses, and leaves a record with the reason", async () => {
  const world = await renderAt("/queues/billing");
  await userEvent.click(await screen.findByRole("button", { name: "Pause… billing" }));
  const dialog = await screen.findByRole("dialog", { name: "Pause billing?" });
  expect(within(dialog).getByText("Resume puts it back.")).toBeTruthy();
  const reason = within(dialog).getByLabelText<HTMLInputElement>(/Reason/);
  expect(reason.value).toBe("");
  await userEvent.type(reason, "provider is down");
  await userEvent.click(within(dialog).getByRole("button", { name: "Pause billing" }));
  expect(await screen.findByText("billing is paused")).toBeTruthy();
  const audit = await (await world.fetch("/api/audit?queue=billing&action=queue.pause")).json();
  expect(audit.items).toMatchObject([{ status: "success", reason: "provider is down" }]);
});

it("does nothing when it is called off", async () => {
  const world = await renderAt("/queues/billing");
  await userEvent.click(await screen.findByRole("button", { name: "Pause… billing" }));
  await userEvent.click(await screen.findByRole("button", { name: "Keep as it is" }));
  expect(screen.queryByRole("dialog")).toBeNull();
  expect((await (await world.fetch("/api/audit?action=queue.pause")).json()).items).toEqual([]);
});

it("says that a queue is not there", async () => {
  await renderAt("/queues/nobody%2Fhome");
  expect(await screen.findByRole("heading", { name: "Not found" })).toBeTruthy();
});

it("filters queues by the address and says what in it was not understood", async () => {
  await renderAt("/queues?q=bil&sort=weird");
  expect(await screen.findByText(/1 of 5 queues match/)).toBeTruthy();
  expect(screen.getByText(/sort “weird”/)).toBeTruthy();
});

it("finds a job by its id where queues are looked for", async () => {
  const world = await renderAt("/queues");
  const { items } = await (await world.fetch("/api/queues/billing/jobs?state=failed")).json();
  const [{ id }] = items;
  await userEvent.type(await screen.findByLabelText("Queue, or the id of a job"), id);
  const found = within(await screen.findByRole("region", { name: "A job of this id" }));
  expect(found.getByRole("link").getAttribute("href")).toBe(`/queues/billing/jobs/${encodeURIComponent(id)}`);
});
