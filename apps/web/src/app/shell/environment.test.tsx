import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it } from "vitest";
import { renderAt } from "../../../test/render-at.tsx";

const named = (tone: "red" | "amber" | "green") => ({
  scenario: "bad-deploy",
  config: { environment: { name: "production", tone } },
});

let icon: HTMLLinkElement;
beforeEach(() => {
  icon = document.createElement("link");
  icon.rel = "icon";
  icon.href = "favicon.svg";
  document.head.append(icon);
});
afterEach(() => icon.remove());

/** The bar at the top: the first header there is. */
const topBar = () => {
  const bar = document.querySelector("header");
  if (bar === null) throw new Error("There is no bar.");
  return within(bar);
};
/** The line along the upper edge of the window, if there is one. */
const edge = () => document.querySelector(".fixed.top-0[aria-hidden]");

it.each([
  ["red", "failed"],
  ["amber", "paused"],
  ["green", "completed"],
] as const)(
  "says which system this is in %s: in the bar, at the edge and in the tab",
  async (tone, colour) => {
    await renderAt("/", named(tone));
    await screen.findByRole("heading", { name: "Overview" });
    const name = topBar().getByText("production");
    expect(name.className).toContain(`text-${colour}`);
    expect(edge()?.className).toContain(`bg-${colour}`);
    await waitFor(() => expect(document.title).toMatch(/production · Spillway$/));
  },
);

it("says it again before anything is done", async () => {
  await renderAt("/queues/billing", named("red"));
  await userEvent.click(await screen.findByRole("button", { name: "Pause… billing" }));
  const dialog = await screen.findByRole("dialog", { name: "Pause billing?" });
  expect(within(dialog).getByText("production").className).toContain("text-failed");
});

it("is local and colourless where nobody named it", async () => {
  await renderAt("/");
  await screen.findByRole("heading", { name: "Overview" });
  expect(topBar().getByText("local")).toBeTruthy();
  expect(edge()).toBeNull();
});

it("counts on the tab and its icon what needs attention and nobody is on", async () => {
  const world = await renderAt("/");
  await screen.findByRole("heading", { name: "Overview" });
  const { trouble } = await (await world.fetch("/api/overview")).json();
  const open = trouble.filter((one: { severity: string }) => one.severity !== "info").length;
  expect(open).toBeGreaterThan(0);
  await waitFor(() => expect(document.title).toBe(`${open} ✕ Spillway`));
  expect(icon.getAttribute("href")).toBe(`favicon-${open}.svg`);
});

it("has a plain icon while all is well", async () => {
  await renderAt("/", { scenario: "healthy" });
  await screen.findByRole("heading", { name: "Overview" });
  await waitFor(() => expect(document.title).toBe("Spillway"));
  expect(icon.getAttribute("href")).toBe("favicon.svg");
});
