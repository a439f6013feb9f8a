import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { renderAt } from "../../../test/render-at.tsx";

describe("failed jobs by their error", () => {
  it("names the common error first, with its share and its jobs", async () => {
    const world = await renderAt("/queues/billing/dlq");
    const shapes = await (await world.fetch("/api/queues/billing/dlq/shapes")).json();
    const cards = await screen.findAllByRole("article");
    expect(cards.map((card) => card.getAttribute("aria-label"))).toEqual(
      shapes.items.map((shape: { title: string }) => shape.title),
    );
    const first = within(cards[0] as HTMLElement);
    expect(first.getByRole("link", { name: "Jobs" }).getAttribute("href")).toContain(
      `state=failed&error_shape=${shapes.items[0].id}`,
    );
    expect(screen.getByRole("img", { name: /^Failures from/ })).toBeTruthy();
    expect(await screen.findByRole("link", { name: /^No earlier retries since/ })).toBeTruthy();
  });

  it("retries samples picked from it and follows them", async () => {
    const world = await renderAt("/queues/billing/dlq");
    await userEvent.click(await screen.findByRole("button", { name: "Show all 10 samples" }));
    // So that they are still there after a look at one of them, and for whoever gets the address.
    await waitFor(() =>
      expect(screen.getByRole("link", { name: "Compare windows" }).getAttribute("href")).toContain(
        "samples=all",
      ),
    );
    const samples = screen.getByRole("table", { name: "Sample jobs" });
    await userEvent.click(within(samples).getByRole("checkbox", { name: "Select all rows shown" }));
    await userEvent.click(screen.getByRole("button", { name: "Retry selected…" }));
    const dialog = await screen.findByRole("dialog", { name: "Retry 10 jobs?" });
    await userEvent.click(within(dialog).getByRole("checkbox", { name: "Give all attempts back" }));
    await userEvent.click(within(dialog).getByRole("button", { name: "Retry" }));
    expect(await screen.findByText("Retried 10 of 10 jobs in billing")).toBeTruthy();
    const audit = await (await world.fetch("/api/audit?queue=billing&action=job.retry")).json();
    expect(audit.total_matching).toBe(10);
    expect(audit.items[0].details).toMatchObject({ reset_attempts: true });
  });

  it("retries the samples at hand in two clicks, and keeps them in sight", async () => {
    const world = await renderAt("/queues/billing/dlq");
    const retry = await screen.findByRole("button", { name: "Retry 10 samples…" });
    await screen.findByRole("table", { name: "Sample jobs" });
    const ids = () =>
      within(screen.getByRole("table", { name: "Sample jobs" }))
        .getAllByRole("link", { name: /^Job / })
        .map((link) => link.getAttribute("aria-label"));
    const before = ids();
    await userEvent.click(retry);
    const dialog = await screen.findByRole("dialog", { name: "Retry 10 jobs?" });
    await userEvent.click(within(dialog).getByRole("button", { name: "Retry" }));
    await waitFor(async () => {
      const audit = await (await world.fetch("/api/audit?queue=billing&action=job.retry")).json();
      expect(audit.total_matching).toBe(10);
    });
    expect(ids()).toEqual(before);
  });

  it("counts, while it asks, which of the jobs are still as they were", async () => {
    const world = await renderAt("/queues/billing/dlq");
    await userEvent.click(await screen.findByRole("button", { name: "Retry 10 samples…" }));
    const dialog = await screen.findByRole("dialog", { name: "Retry 10 jobs?" });
    const [sample] = await screen.findAllByRole("link", { name: /^Job /, hidden: true });
    const id = (sample?.getAttribute("aria-label") ?? "").replace(/^Job /, "");
    await world.engine.retryJob("billing", id);
    const told = "1 of 10 has moved on meanwhile and is left alone.";
    expect(await within(dialog).findByText(told, {}, { timeout: 15_000 })).toBeTruthy();
    await userEvent.click(within(dialog).getByRole("button", { name: "Retry" }));
    expect(await screen.findByText("Retried 9 of 9 jobs in billing")).toBeTruthy();
  });

  it("tells of each error how the retries before ended, and shows each against each span of time", async () => {
    const world = await renderAt("/queues/billing/dlq");
    await userEvent.click(await screen.findByRole("button", { name: "Retry 10 samples…" }));
    const dialog = await screen.findByRole("dialog", { name: "Retry 10 jobs?" });
    await userEvent.click(within(dialog).getByRole("button", { name: "Retry" }));
    await waitFor(async () => {
      const told = await (await world.fetch("/api/queues/billing/dlq/retries")).json();
      expect(told.items).toMatchObject([{ jobs: 10 }]);
    });
    expect(await screen.findByRole("link", { name: /^Earlier retries: 10 jobs since/ })).toBeTruthy();
    await userEvent.click(screen.getByRole("link", { name: "Compare windows" }));
    const matrix = within(await screen.findByRole("table", { name: "Errors over time" }));
    const [first] = (await (await world.fetch("/api/queues/billing/dlq/shapes")).json()).items;
    const all = matrix.getByRole("link", {
      name: new RegExp(`^[0-9,]+ in all: ${first.title.slice(0, 12)}`),
    });
    expect(all.getAttribute("href")).toContain(`state=failed&error_shape=${first.id}`);
    expect(matrix.getAllByRole("columnheader").map((head) => head.textContent)).toEqual([
      "Error",
      "15 min",
      "1 h",
      "6 h",
      "24 h",
      "all",
    ]);
  });

  it("says that nothing failed in a window", async () => {
    await renderAt("/queues/billing/dlq?from=2030-01-01T00:00:00.000Z");
    expect(await screen.findByText("Nothing failed in this window")).toBeTruthy();
  });

  it("says that nothing failed at all", async () => {
    await renderAt("/queues/calm/dlq", {
      wrapEngine: (engine) => {
        engine.add("calm", "task", {});
        return engine;
      },
    });
    expect(await screen.findByText("No job of calm has failed for good")).toBeTruthy();
  });
});
