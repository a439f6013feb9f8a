import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { renderAt } from "../../../test/render-at.tsx";

/** In the rail and at the bottom of phones, where one of them is seen. */
const overviewLink = () => screen.getByRole("link", { name: "Spillway, overview" });

it("compares every screen with the time before a deploy, once it is chosen", async () => {
  await renderAt("/queues/billing/dlq");
  await screen.findAllByRole("article");
  await userEvent.keyboard("s");
  const dialog = await screen.findByRole("dialog", { name: "Show changes since…" });
  const moments = await within(dialog).findByRole("list", { name: "When something changed" });
  await userEvent.click(within(moments).getByRole("button", { name: /deploy.*2\.14\.0/ }));
  const changes = await screen.findByRole("region", { name: "Changes since" });
  expect(await within(changes).findByRole("link", { name: /new error/ })).toBeTruthy();

  const [first] = await screen.findAllByRole("article");
  expect(await within(first as HTMLElement).findByText("new")).toBeTruthy();

  await userEvent.click(overviewLink());
  expect(await screen.findByRole("region", { name: "Changes since" })).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Show no changes any more" }));
  await waitFor(() => expect(screen.queryByRole("region", { name: "Changes since" })).toBeNull());
});

it("says what of a moment in the address is no time", async () => {
  await renderAt("/queues?since=noon");
  expect(await screen.findByText(/since “noon”/)).toBeTruthy();
});
