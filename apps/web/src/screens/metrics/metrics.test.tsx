import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { renderAt } from "../../../test/render-at.tsx";

it("shows the movement first, a verdict, and the same figures as a table", async () => {
  await renderAt("/metrics?queue=billing");
  expect(await screen.findByText("Failed attempts")).toBeTruthy();
  expect(screen.getByText(/\(measured .+\)\.$|times needed/)).toBeTruthy();
  const failing = screen.getByRole("figure", { name: "Failing" });
  await userEvent.click(within(failing).getByRole("button", { name: /Table/ }));
  expect(within(failing).getAllByRole("row").length).toBeGreaterThan(1);
  expect(screen.getByRole("link", { name: "live" }).getAttribute("aria-current")).toBe("true");
});

it("says what it holds where more is asked for, and looks further back at its other address", async () => {
  await renderAt("/metrics/history?horizon=48h");
  expect(await screen.findByText(/kept in memory for 10 m.*, not for 48 h/i)).toBeTruthy();
  expect(screen.getByRole("link", { name: "JSON" }).getAttribute("href")).toContain("/api/metrics/history?");
});

it("adds a marker for everybody and shows it", async () => {
  const world = await renderAt("/queues/billing/metrics");
  await userEvent.click(await screen.findByRole("button", { name: "Add a marker…" }));
  const dialog = await screen.findByRole("dialog", { name: "Add a marker to the time axis" });
  await userEvent.click(within(dialog).getByRole("button", { name: "Add the marker" }));
  expect(within(dialog).getByText("Say what happened.")).toBeTruthy();
  await userEvent.type(within(dialog).getByLabelText("What happened"), "rollback to 2.13.4");
  await userEvent.click(within(dialog).getByRole("button", { name: "Add the marker" }));
  expect(await screen.findByText(/“rollback to 2.13.4” is on the time axis/)).toBeTruthy();
  const markers = await (await world.fetch("/api/markers?queue=billing")).json();
  expect(markers.items).toContainEqual(
    expect.objectContaining({ title: "rollback to 2.13.4", kind: "deploy", queue: "billing" }),
  );
});
