import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { renderAt } from "../../../test/render-at.tsx";

it("says who is on it, since when and with which note, to everybody", async () => {
  const world = await renderAt("/");
  await userEvent.click(await screen.findByRole("button", { name: "I'm on it…" }));
  const dialog = await screen.findByRole("dialog", { name: "Say that you are on it?" });
  await userEvent.type(within(dialog).getByLabelText(/^Note/), "calling the provider");
  await userEvent.selectOptions(within(dialog).getByLabelText("For"), "2 hours");
  await userEvent.click(within(dialog).getByRole("button", { name: "I'm on it" }));
  expect(await screen.findByText(/is on it, \d\d:\d\dZ/)).toBeTruthy();
  expect(screen.getByText("“calling the provider”")).toBeTruthy();
  const { trouble } = await (await world.fetch("/api/overview")).json();
  const { at, until, note } = trouble[0].acked;
  expect(note).toBe("calling the provider");
  expect(Math.round((Date.parse(until) - Date.parse(at)) / 60_000)).toBe(120);
});
