import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { renderAt } from "../../../test/render-at.tsx";

const records = async () => (await screen.findByRole("table", { name: "Audit records" })).textContent;

it("shows times in the zone of the address, carries it along, and goes back to UTC", async () => {
  await renderAt("/audit?tz=Asia/Kolkata");
  await waitFor(async () => expect(await records()).toMatch(/Time \(Asia\/Kolkata\).*\d\d:\d\d:\d\d\+0530/));
  expect(screen.getAllByRole("link", { name: "Queues" })[0]?.getAttribute("href")).toBe(
    "/queues?tz=Asia%2FKolkata",
  );
  await userEvent.click(screen.getByRole("button", { name: "Updates and times" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "Times in UTC" }));
  await waitFor(async () => expect(await records()).toMatch(/Time \(UTC\).*\d\d:\d\d:\d\dZ/));
  expect(screen.getAllByRole("link", { name: "Queues" })[0]?.getAttribute("href")).toBe("/queues");
});

it("names a zone that is none", async () => {
  await renderAt("/queues?tz=Mars/Base");
  expect(await screen.findByText(/tz “Mars\/Base”/)).toBeTruthy();
});
