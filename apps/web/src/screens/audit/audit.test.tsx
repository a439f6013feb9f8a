import { createPolicy } from "@spillway/testkit";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { catchDownloads } from "../../../test/catch-downloads.ts";
import { renderAt } from "../../../test/render-at.tsx";

/** A refused retry, a pause and a resume by ana, on record before the page is looked at. */
async function atAudit() {
  const world = await renderAt("/queues");
  await screen.findByRole("heading", { name: "Queues" });
  const ana = world.as("ana");
  await ana.post("/api/queues/emails/pause", { reason: "contain", incident: "INC-7" });
  await ana.post("/api/queues/emails/resume");
  await ana.post("/api/queues/billing/jobs/nosuch/retry", { reason: "try" });
  const [toAudit] = screen.getAllByRole("link", { name: "Audit" });
  if (toAudit === undefined) throw new Error("No way to the audit");
  await userEvent.click(toAudit);
  return world;
}

it("lists who did what, why, with what effect, and says since when that is all", async () => {
  await atAudit();
  const table = await screen.findByRole("table", { name: "Audit records" });
  const failed = within(table).getByRole("row", { name: /job\.retry/ });
  expect(within(failed).getByText(/not_found/)).toBeTruthy();
  expect(within(failed).getByText("“try”")).toBeTruthy();
  expect(screen.getByText(/kept only in this process/)).toBeTruthy();
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "Action" }), "queue.pause");
  expect(await screen.findByText(/^1 match/)).toBeTruthy();
  expect(within(screen.getByRole("table")).getAllByRole("row").length).toBe(2);
});

it("opens a record by its address: who, why, its chain, and what is related", async () => {
  await atAudit();
  const table = await screen.findByRole("table", { name: "Audit records" });
  await userEvent.click(within(table).getByRole("link", { name: "queue.pause" }));
  expect(await screen.findByRole("heading", { name: "queue.pause" })).toBeTruthy();
  expect(screen.getByText("“contain”")).toBeTruthy();
  expect(within(screen.getByRole("table", { name: "Entries" })).getAllByRole("row").length).toBe(3);
  const related = within(screen.getByRole("navigation", { name: "Related" }));
  expect(related.getByRole("link", { name: "Same incident" }).getAttribute("href")).toBe(
    "/audit?incident=INC-7",
  );
  expect(related.getByRole("link", { name: "All on emails" })).toBeTruthy();
});

it("never says that nothing was done, only what is held", async () => {
  await renderAt("/audit?status=failed&queue=emails&before=x");
  expect(await screen.findByText(/^No matching record since .* \(process start\)$/)).toBeTruthy();
  expect(screen.getByText(/before “x”/)).toBeTruthy();
});

it("exports what is filtered by, asks why where a reason is required, and names it in the list", async () => {
  const { clicked, stop } = catchDownloads();
  const config = { reasonRequired: ["audit.export"] };
  const world = await renderAt("/audit?q=contain&incident=INC-7", { config });
  await world.as("ana").post("/api/queues/emails/pause", { reason: "contain", incident: "INC-7" });
  await userEvent.click(await screen.findByRole("button", { name: "Export" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: /^CSV/ }));
  const dialog = within(await screen.findByRole("dialog", { name: "Export the audit?" }));
  await userEvent.type(dialog.getByLabelText(/Reason/), "for the auditor");
  await userEvent.type(dialog.getByLabelText(/Incident/), "INC-9");
  await userEvent.click(dialog.getByRole("button", { name: "Export" }));
  await waitFor(() => expect(clicked).toHaveLength(1));
  stop();
  const { pathname, search } = new URL(clicked[0] ?? "");
  expect(Object.fromEntries(new URLSearchParams(search))).toEqual({
    incident: "INC-7",
    q: "contain",
    format: "csv",
    reason: "for the auditor",
    for_incident: "INC-9",
  });
  const text = await (await world.fetch(pathname + search)).text();
  expect(text.trim().split("\r\n")).toHaveLength(2);
  const { items } = await (await world.fetch("/api/audit?action=audit.export")).json();
  expect(items).toMatchObject([{ reason: "for the auditor", incident: "INC-9", affected: 1 }]);
});

it("exports the story of an incident, which belongs to none by that", async () => {
  const { clicked, stop } = catchDownloads();
  await renderAt("/audit?incident=INC-7");
  await userEvent.click(await screen.findByRole("button", { name: "Markdown" }));
  await waitFor(() => expect(clicked).toHaveLength(1));
  stop();
  expect(new URL(clicked[0] ?? "").search).toBe("?incident=INC-7&format=markdown");
});

it("verifies though it may not export, and says why not", async () => {
  const policy = createPolicy({ roles: { admin: { sees: ["*"], allow: [], deny: [] } } });
  await renderAt("/audit", { deps: { policy } });
  await userEvent.click(await screen.findByRole("button", { name: "Export" }));
  const csv = await screen.findByRole("menuitem", { name: /^CSV/ });
  expect(csv.getAttribute("aria-disabled")).toBe("true");
  expect(csv.textContent).toMatch(/Your role may not do this/);
  expect(screen.getByRole("menuitem", { name: "Verify an export…" }).getAttribute("aria-disabled")).not.toBe(
    "true",
  );
});

it("verifies an export in the page, and names the record that was changed", async () => {
  const world = await atAudit();
  const text = await (await world.fetch("/api/audit/export?format=ndjson")).text();
  await userEvent.click(await screen.findByRole("button", { name: "Export" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "Verify an export…" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Verify an export" }));
  const verify = async (content: string) => {
    await userEvent.upload(dialog.getByLabelText("File"), new File([content], "audit.ndjson"));
    await userEvent.click(dialog.getByRole("button", { name: "Verify" }));
  };
  await verify(text);
  expect(await dialog.findByText(/^\d+ records, chain intact from .* to /)).toBeTruthy();
  const changed = text.replace('"reason":"contain"', '"reason":"other"');
  await verify(changed);
  expect(
    await dialog.findByText(/^Line \d+, record \w{26}: it does not say what its entries say\.$/),
  ).toBeTruthy();
  await verify("seq,id,timestamp\n");
  expect(await dialog.findByText(/^A CSV carries no chain/)).toBeTruthy();
});

it("says which copy fails, since when, why and what that means", async () => {
  const full = {
    kind: "file" as const,
    target: "audit.ndjson",
    append: () => Promise.reject(new Error("the disk is full (ENOSPC)")),
  };
  const deps = { auditSinks: [full], auditRequired: true };
  const world = await renderAt("/audit", { scenario: "bad-deploy", deps });
  expect((await world.post("/api/queues/emails/pause")).status).toBe(503);
  expect(
    await screen.findByText(
      /The audit file has failed since .*: the disk is full \(ENOSPC\)\..*Nothing can be done until it works again/,
    ),
  ).toBeTruthy();
});

it("says what this process holds where a record is not there", async () => {
  await renderAt("/audit/01NOSUCH");
  expect(await screen.findByText("This process does not hold that record")).toBeTruthy();
  expect(screen.getByText(/This process holds records since/)).toBeTruthy();
});

it("keeps to its queue on a queue's own page", async () => {
  await renderAt("/queues/billing/audit?q=nobody");
  expect(await screen.findByText(/^No matching record/)).toBeTruthy();
  expect(screen.queryByRole("combobox", { name: "Queue" })).toBeNull();
});
