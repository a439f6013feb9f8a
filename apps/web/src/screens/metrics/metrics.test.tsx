import { createPolicy } from "@spillway/testkit";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { catchDownloads } from "../../../test/catch-downloads.ts";
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
  expect(await screen.findByText(/kept in memory for 10 min.*, not for 48 h/i)).toBeTruthy();
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

it("exports the window that is shown, asks why where a reason is required, and is on record", async () => {
  const { clicked, stop } = catchDownloads();
  const config = { reasonRequired: ["metrics.export"] };
  const world = await renderAt("/queues/billing/metrics?horizon=15m", {
    scenario: "bad-deploy",
    config,
  });
  await userEvent.click(await screen.findByRole("button", { name: "Export" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: /^CSV/ }));
  const dialog = within(await screen.findByRole("dialog", { name: "Export the metrics of billing?" }));
  await userEvent.type(dialog.getByLabelText(/Reason/), "capacity");
  await userEvent.click(dialog.getByRole("button", { name: "Export" }));
  await waitFor(() => expect(clicked).toHaveLength(1));
  stop();
  const { pathname, search } = new URL(clicked[0] ?? "");
  expect(search).toMatch(/^\?queue=billing&from=[^&]+&reason=capacity&format=csv$/);
  const rows = (await (await world.fetch(pathname + search)).text()).trim().split("\r\n");
  const { items } = await (await world.fetch("/api/audit?action=metrics.export")).json();
  expect(items).toMatchObject([{ queue: "billing", reason: "capacity", affected: rows.length - 1 }]);
});

it.each([
  ["/metrics", /on some queues only/],
  ["/metrics?queue=billing", null],
  ["/metrics?queue=emails", /not do this on this queue/],
  ["/queues/emails/metrics", /not do this on this queue/],
])("at %s says why the history may not be exported", async (place, why) => {
  const allow = [{ actions: ["metrics.export"], queues: ["billing"] }];
  const policy = createPolicy({ roles: { admin: { sees: ["*"], allow, deny: [] } } });
  await renderAt(place, { scenario: "bad-deploy", deps: { policy } });
  await userEvent.click(await screen.findByRole("button", { name: "Export" }));
  const csv = await screen.findByRole("menuitem", { name: /^CSV/ });
  await waitFor(() => expect(csv.getAttribute("aria-disabled") === "true").toBe(why !== null));
  if (why !== null) expect(csv.textContent).toMatch(why);
});
