import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { renderAt } from "../../../test/render-at.tsx";

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
