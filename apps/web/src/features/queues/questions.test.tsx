import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { renderAt } from "../../../test/render-at.tsx";
import { queryClient } from "../../api/query-client.ts";

const resume = async (queue: string) => {
  await userEvent.click(await screen.findByRole("button", { name: `Resume… ${queue}` }));
  return within(await screen.findByRole("dialog", { name: `Resume ${queue}?` }));
};

it("says before a resume how many jobs start and how many at once", async () => {
  const world = await renderAt("/queues", {});
  await screen.findByRole("heading", { name: "Queues" });
  world.engine.defineQueue("letters");
  world.engine.addWorker({ queues: ["letters"], concurrency: 3 });
  await world.engine.pauseQueue("letters");
  for (let i = 0; i < 1_208; i++) world.engine.add("letters", "print", {});
  await world.clock.advance(2_000);
  expect(await (await world.fetch("/api/queues/letters")).json()).toMatchObject({
    counts: { waiting: 1_208 },
  });
  await queryClient.invalidateQueries();
  const dialog = await resume("letters");
  expect(dialog.getByText("1,208 waiting jobs start, up to 3 at once.")).toBeTruthy();
});

it("says that nothing starts where no worker is there", async () => {
  const world = await renderAt("/queues", {});
  await screen.findByRole("heading", { name: "Queues" });
  world.engine.defineQueue("letters");
  await world.engine.pauseQueue("letters");
  world.engine.add("letters", "print", {});
  await world.clock.advance(2_000);
  await queryClient.invalidateQueries();
  const dialog = await resume("letters");
  expect(dialog.getByText("1 waiting job may start, but no worker is there to run them.")).toBeTruthy();
});

it("shows before a retry what people asked to know of the task", async () => {
  const config = { taskNotes: { "invoice.charge": "May have charged already. Check first." } };
  await renderAt("/queues/billing/jobs?state=failed&task=invoice.charge", { scenario: "bad-deploy", config });
  const [job] = await screen.findAllByRole("link", { name: /^Job / });
  if (job === undefined) throw new Error("There is no failed job.");
  await userEvent.click(job);
  await userEvent.click(await screen.findByRole("button", { name: "Retry" }));
  const dialog = within(await screen.findByRole("dialog", { name: /^Retry / }));
  expect(dialog.getByText("May have charged already. Check first.")).toBeTruthy();
});
