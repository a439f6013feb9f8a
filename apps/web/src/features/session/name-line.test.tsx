import { cleanup, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { renderAt } from "../../../test/render-at.tsx";

const visit = async () => {
  cleanup();
  await renderAt("/", { scenario: "healthy" }, { remembers: true });
  await screen.findByRole("heading", { name: "Overview" });
};
const asked = () => screen.queryByRole("form", { name: "Your name" });

it("asks once who looks, and not again after “Not now”", async () => {
  await visit();
  await screen.findByRole("form", { name: "Your name" });
  await userEvent.click(screen.getByRole("button", { name: "Not now" }));
  expect(asked()).toBeNull();
  await visit();
  expect(asked()).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: /Anonymous/ }));
  expect(asked()).not.toBeNull();
});
