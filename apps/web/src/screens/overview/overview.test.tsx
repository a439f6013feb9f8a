import { createOutage } from "@spillway/testkit";
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { renderAt } from "../../../test/render-at.tsx";
import { queryClient } from "../../api/query-client.ts";

it("shows the figures of a health check and the queues, worst first", async () => {
  await renderAt("/");
  expect(await screen.findByRole("heading", { name: "Overview" })).toBeTruthy();
  expect(screen.getByText("Workers", { selector: "dt" })).toBeTruthy();
  expect(screen.getAllByRole("link", { name: "billing" }).length).toBeGreaterThan(0);
  expect(screen.getByRole("heading", { name: "Destructive actions" })).toBeTruthy();
});

it("says which empty it is", async () => {
  await renderAt("/", {});
  expect(await screen.findByText("The engine has no queues yet")).toBeTruthy();
  expect(screen.getByText(/Nothing needs attention/)).toBeTruthy();
});

it("calls nothing calm or current that an outage keeps it from knowing", async () => {
  const outage = createOutage();
  const world = await renderAt("/", { scenario: "healthy", wrapEngine: outage.wrapEngine });
  expect(await screen.findByText(/^Nothing needs attention since/)).toBeTruthy();
  expect(screen.getByText(/^fail a minute/)).toBeTruthy();
  outage.begin();
  await world.clock.advance(3_000);
  // Nobody hears the stream in jsdom: what it would bring is read again.
  await queryClient.invalidateQueries();
  expect(
    await screen.findByText(/^Whether anything needs attention is not known since \d\d:\d\dZ/),
  ).toBeTruthy();
  expect(screen.queryByText(/Nothing needs attention/)).toBeNull();
  expect(screen.queryByText(/^fail a minute/)).toBeNull();
  expect(screen.getByText(/^failed a minute at \d\d:\d\dZ/)).toBeTruthy();
  expect(screen.getByText(/^as it was at \d\d:\d\d:\d\dZ/)).toBeTruthy();
  expect(screen.getByRole("alert").textContent).toMatch(/What you see was true at/);
});

it("goes anywhere by a few letters", async () => {
  await renderAt("/");
  await screen.findByRole("heading", { name: "Overview" });
  await userEvent.keyboard("{Control>}k{/Control}");
  await userEvent.type(await screen.findByRole("combobox"), "webh");
  const hits = await screen.findByRole("listbox");
  expect(await within(hits).findByText("webhooks")).toBeTruthy();
  await userEvent.keyboard("{Enter}");
  expect(await screen.findByRole("heading", { name: "webhooks", level: 1 })).toBeTruthy();
});
