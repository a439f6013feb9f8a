import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { renderAt } from "../../../test/render-at.tsx";

type World = Awaited<ReturnType<typeof renderAt>>;

const none = "No incident is open";
const audit = async (world: World, query: string) =>
  (await (await world.fetch(`/api/audit?${query}`)).json()).items;

async function pick(button: string, entry: string): Promise<void> {
  await userEvent.click(await screen.findByRole("button", { name: button }));
  await userEvent.click(await screen.findByRole("menuitem", { name: entry }));
}

async function open(incident: string, title: string): Promise<void> {
  const dialog = await screen.findByRole("dialog", { name: "Open an incident" });
  await userEvent.type(within(dialog).getByLabelText("Id (optional)"), incident);
  await userEvent.type(within(dialog).getByLabelText("What is wrong"), title);
  await userEvent.click(within(dialog).getByRole("button", { name: "Open the incident" }));
}

it("opens an incident, whose id is borne by what is done until it ends", async () => {
  const world = await renderAt("/queues/billing");
  await pick(none, "Open an incident…");
  await open("INC-7", "Charges time out");
  const isOpen = "Incident INC-7 is open: Charges time out";
  await screen.findByRole("button", { name: isOpen });

  await userEvent.click(await screen.findByRole("button", { name: "Pause… billing" }));
  const pause = await screen.findByRole("dialog", { name: "Pause billing?" });
  await userEvent.click(within(pause).getByRole("button", { name: "Pause billing" }));
  await screen.findByText("billing is paused");
  expect(await audit(world, "action=queue.pause")).toMatchObject([{ incident: "INC-7" }]);

  await pick(isOpen, "End INC-7…");
  const end = await screen.findByRole("dialog", { name: "End INC-7?" });
  await userEvent.click(within(end).getByRole("button", { name: "End INC-7" }));
  await screen.findByRole("button", { name: none });
});

it("adds a note by one key, with a link to what was on screen", async () => {
  const world = await renderAt("/queues");
  await pick(none, "Open an incident…");
  await open("INC-8", "Mails wait");
  await screen.findByRole("button", { name: "Incident INC-8 is open: Mails wait" });
  await userEvent.keyboard("n");
  const dialog = await screen.findByRole("dialog", { name: "Add a note" });
  await userEvent.type(within(dialog).getByLabelText("Note"), "provider says 14:20{Enter}");
  expect((await (await world.fetch("/api/markers?kind=note")).json()).items).toEqual([]);
  await userEvent.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByText("The note is in the story of INC-8");
  const { items } = await (await world.fetch("/api/markers?incident=INC-8&kind=note")).json();
  expect(items).toMatchObject([{ title: "provider says 14:20", link: expect.stringMatching(/^http/) }]);
  await userEvent.click(screen.getByRole("button", { name: "Withdraw" }));
  await screen.findByText("The note “provider says 14:20” is withdrawn; its record stays");
  expect((await (await world.fetch("/api/markers?kind=note")).json()).items).toEqual([]);
  expect(await audit(world, "action=marker.withdraw")).toMatchObject([{ incident: "INC-8" }]);
});

it("lets a phone open one too, under More", async () => {
  await renderAt("/");
  await pick("More", "Open an incident…");
  await open("INC-9", "All is slow");
  expect(await screen.findByRole("button", { name: "Incident INC-9 is open: All is slow" })).toBeTruthy();
});
