import { cleanup, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { renderAt } from "../../../test/render-at.tsx";
import { sessionQuery } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";

const visit = async () => {
  cleanup();
  const world = await renderAt("/", { scenario: "healthy" }, { remembers: true });
  await screen.findByRole("heading", { name: "Overview" });
  return world;
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
  await userEvent.click(screen.getByRole("button", { name: "Not now" }));
});

it("does not ask whom the session names, whatever the browser remembers", async () => {
  const world = await visit();
  await screen.findByRole("form", { name: "Your name" });
  const named = await world.handle(
    new Request("http://localhost/api/session/name", {
      method: "POST",
      headers: { "content-type": "application/json", "x-spillway-request": "1" },
      body: JSON.stringify({ name: "ana" }),
    }),
  );
  expect(named.status).toBe(200);
  await queryClient.invalidateQueries(sessionQuery());
  await waitFor(() => expect(asked()).toBeNull());
  await userEvent.click(screen.getByRole("button", { name: /ana/ }));
  expect(screen.getByLabelText("Who are you?")).toHaveProperty("value", "ana");
});
