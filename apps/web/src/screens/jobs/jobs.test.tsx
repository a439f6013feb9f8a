import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { catchDownloads } from "../../../test/catch-downloads.ts";
import { renderAt } from "../../../test/render-at.tsx";
import { queryClient } from "../../api/query-client.ts";

const table = () => screen.findByRole("table", { name: "Jobs of billing" });
const boxes = async () => within(await table()).getAllByRole("checkbox");

describe("the jobs of a queue", () => {
  it("shows the next person what a pasted link showed", async () => {
    const address = "/queues/billing/jobs?state=active&task=invoice.charge&q=tenant-88";
    const world = await renderAt(address, { scenario: "poison-payload" });
    const rows = within(await table()).getAllByRole("link", { name: /^Job / });
    const asked = await (await world.fetch(`/api${address}`)).json();
    expect(rows.map((row) => row.getAttribute("aria-label"))).toEqual(
      asked.items.map((job: { id: string }) => `Job ${job.id}`),
    );
    expect(
      within(await table()).getAllByText("tenant-88", { selector: "mark" }).length,
    ).toBeGreaterThanOrEqual(rows.length);
    const search = screen.getByRole<HTMLInputElement>("combobox", { name: "Search jobs" });
    expect(search.value).toBe("task:invoice.charge state:active tenant-88");
    const chip = screen.getByRole("link", { name: "Take away: payload contains “tenant-88”" });
    expect(chip.getAttribute("href")).toContain("state=active&task=invoice.charge");
    expect(chip.getAttribute("href")).not.toContain("q=");
    expect(screen.getByText(/match · scanned 100 %/)).toBeTruthy();
  });

  it("exports all that match by the same filters, and asks why where a reason is required", async () => {
    const { clicked, stop } = catchDownloads();
    const world = await renderAt("/queues/billing/jobs?state=failed&task=invoice.charge&size=20&page=2", {
      scenario: "bad-deploy",
      config: { reasonRequired: ["queue.export"] },
    });
    await table();
    await userEvent.click(screen.getByRole("button", { name: "Export" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: /^CSV.* up to 100,000 jobs/ }));
    const dialog = await screen.findByRole("dialog", { name: "Export jobs of billing?" });
    await userEvent.type(within(dialog).getByLabelText(/Reason/), "for the provider");
    await userEvent.click(within(dialog).getByRole("button", { name: "Export" }));
    await waitFor(() => expect(clicked).toHaveLength(1));
    stop();
    const { pathname, search } = new URL(clicked[0] ?? "");
    expect(search).toBe("?state=failed&task=invoice.charge&reason=for+the+provider&format=csv");
    const reply = await world.fetch(pathname + search);
    const [head, ...rows] = (await reply.text()).trim().split("\r\n");
    expect(head).toContain('"error_message"');
    expect(rows.length).toBeGreaterThan(20);
    const { items } = await (await world.fetch("/api/audit?action=queue.export")).json();
    expect(items).toMatchObject([{ queue: "billing", reason: "for the provider", affected: rows.length }]);
  });

  it("finds what is typed, suggests what may come next, and takes chips away by keyboard", async () => {
    await renderAt("/queues/billing/jobs");
    const user = userEvent.setup();
    const search = await screen.findByRole<HTMLInputElement>("combobox", { name: "Search jobs" });
    await user.type(search, "charge");
    await user.click(await screen.findByRole("option", { name: /^task:invoice.charge/ }));
    expect(search.value).toBe("task:invoice.charge ");
    await user.type(search, "fail");
    await user.keyboard("{ArrowDown}{Enter}");
    expect(search.value).toBe("task:invoice.charge state:failed ");
    expect(await screen.findByRole("link", { name: /^failed/, current: "page" })).toBeTruthy();
    await user.keyboard("state:odd{Enter}");
    expect(screen.getByText(/“odd” is no state/)).toBeTruthy();
    const chip = await screen.findByRole("link", { name: "Take away: task contains “invoice.charge”" });
    chip.focus();
    await user.keyboard("{Enter}");
    await waitFor(() => expect(search.value).toBe("state:failed"));
    expect(document.activeElement).toBe(search);
  });

  it("keeps what it understands of an address and names the rest", async () => {
    await renderAt("/queues/billing/jobs?state=failed&sort=sideways&page=-3");
    expect(await screen.findByText(/sort “sideways”, page “-3”/)).toBeTruthy();
    expect((await screen.findByRole("link", { name: /^failed/, current: "page" })).textContent).toMatch(/\d/);
  });

  it("removes what was selected, one record each with the reason", async () => {
    const world = await renderAt("/queues/billing/jobs?state=failed&size=5");
    const [, first, second] = await boxes();
    await userEvent.click(first as HTMLElement);
    await userEvent.click(second as HTMLElement);
    const bar = screen.getByRole("region", { name: "Selected jobs" });
    expect(within(bar).getByText("2 selected")).toBeTruthy();
    expect(within(bar).getByRole("button", { name: "Run now" }).getAttribute("aria-description")).toBe(
      "None of the 2 selected can be run now: it is for delayed jobs.",
    );
    await userEvent.click(within(bar).getByRole("button", { name: "Remove…" }));
    const dialog = await screen.findByRole("dialog", { name: "Remove 2 jobs?" });
    expect(within(dialog).getByText("Their records are deleted.")).toBeTruthy();
    expect(within(dialog).getByText("This can't be undone.")).toBeTruthy();
    await userEvent.type(within(dialog).getByLabelText(/Reason/), "poison");
    await userEvent.click(within(dialog).getByRole("button", { name: "Remove 2 jobs" }));
    expect(await screen.findByText("Removed 2 of 2 jobs in billing")).toBeTruthy();
    const audit = await (await world.fetch("/api/audit?queue=billing&action=job.remove")).json();
    expect(audit.items).toHaveLength(2);
    expect(audit.items[0]).toMatchObject({ status: "success", reason: "poison", affected: 1 });
    expect(screen.queryByRole("region", { name: "Selected jobs" })).toBeNull();
    expect(document.activeElement?.id).toBe("main");
  });

  it("retries only those that failed, and says so", async () => {
    await renderAt("/queues/billing/jobs?job_id=48717");
    const [all] = await boxes();
    await userEvent.click(all as HTMLElement);
    const bar = screen.getByRole("region", { name: "Selected jobs" });
    await waitFor(() => expect(within(bar).getByText(/of \d+ selected can be retried/)).toBeTruthy());
    await userEvent.click(within(bar).getByRole("button", { name: "Retry…" }));
    expect(await screen.findByRole("dialog", { name: /^Retry \d+ jobs\?$/ })).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Keep as it is" }));
    expect(screen.getByRole("region", { name: "Selected jobs" })).toBeTruthy();
  });

  it("holds the rows still while some are selected, and says how many are new", async () => {
    const world = await renderAt("/queues/billing/jobs?state=failed");
    const ids = async () => (await boxes()).map((box) => box.getAttribute("aria-label"));
    const [, first] = await boxes();
    await userEvent.click(first as HTMLElement);
    const before = await ids();
    await world.clock.advance(60_000);
    // Nobody hears the stream in jsdom: what it would bring of the queue is read again.
    await queryClient.invalidateQueries({ queryKey: ["getQueue"] });
    const pill = await screen.findByRole("button", { name: /\d new$/ });
    expect(await ids()).toEqual(before);
    await userEvent.click(pill);
    await waitFor(async () => expect(await ids()).not.toEqual(before));
    expect(screen.queryByRole("button", { name: /\d new$/ })).toBeNull();
  });

  it("selects a range with shift", async () => {
    await renderAt("/queues/billing/jobs?state=failed");
    const user = userEvent.setup();
    const rows = await boxes();
    await user.click(rows[2] as HTMLElement);
    await user.keyboard("{Shift>}");
    await user.click(rows[6] as HTMLElement);
    await user.keyboard("{/Shift}");
    expect(screen.getByText("5 selected")).toBeTruthy();
  });

  it("says which empty it is", async () => {
    await renderAt("/queues/billing/jobs?q=nothing-holds-this");
    expect(await screen.findByText("No job matches")).toBeTruthy();
    expect(screen.getByText(/^All [\d,]+ jobs were looked at/)).toBeTruthy();
    expect(await screen.findByRole("link", { name: /^Look at [\d,]+ failed jobs? by error$/ })).toBeTruthy();
  });

  it("offers the failed jobs whose error says what no payload holds", async () => {
    const world = await renderAt("/queues/billing/jobs?q=Amount%20must%20be%20positive", {
      scenario: "bad-deploy",
    });
    const { items } = await (await world.fetch("/api/queues/billing/dlq/shapes")).json();
    const shape = items.find(({ title }: { title: string }) => title.includes("amount must be positive"));
    const offer = await screen.findByRole("link", { name: /failed with “.*amount must be positive/ });
    expect(offer.getAttribute("href")).toContain(`state=failed&error_shape=${shape.id}`);
    expect(screen.getByText(/in payloads only, not in errors/)).toBeTruthy();
    expect(screen.getByRole("option", { name: "By state, newest first" })).toBeTruthy();
  });
});
