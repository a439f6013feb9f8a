import { createPolicy } from "@spillway/testkit";
import { cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { renderAt } from "../../../test/render-at.tsx";

const policy = (more: Parameters<typeof createPolicy>[0] = {}) =>
  createPolicy({
    roles: {
      "billing-oncall": {
        sees: ["billing", "emails"],
        allow: [{ actions: ["queue.pause", "queue.resume", "job.*"], queues: ["billing"] }],
        deny: [],
      },
    },
    ...more,
  });
const world = (more: Parameters<typeof createPolicy>[0] = {}) => ({
  scenario: "bad-deploy",
  deps: { policy: policy(more) },
});
const whyOff = async (name: string | RegExp): Promise<string | null> =>
  (await screen.findByRole("button", { name })).getAttribute("aria-description");

describe("a role of one's own", () => {
  it("acts on its queue, and reads on the others why not", async () => {
    const { engine } = await renderAt("/queues/billing", world(), { role: "billing-oncall" });
    expect(await whyOff("Pause… billing")).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Pause… billing" }));
    const dialog = await screen.findByRole("dialog");
    await userEvent.click(within(dialog).getByRole("button", { name: /^Pause/ }));
    await waitFor(async () => expect((await engine.queue("billing")).paused).toBe(true));
    cleanup();
    await renderAt("/queues/emails", world(), { role: "billing-oncall" });
    expect(await whyOff("Pause… emails")).toBe("Your role may not do this on this queue.");
  });

  it("reads of what it may do nowhere that it may not, by its own name", async () => {
    await renderAt("/queues/billing/schedules", world(), { role: "billing-oncall" });
    await screen.findByRole("heading", { level: 1, name: "billing" });
    await userEvent.hover(await screen.findByRole("button", { name: "More for billing" }));
    await userEvent.click(await screen.findByRole("button", { name: "More for billing" }));
    const item = await screen.findByRole("menuitem", { name: /^Delete all waiting jobs/ });
    expect(item.textContent).toContain("Your role billing-oncall may not do this.");
  });

  it("does not do for all queues what it may do on some", async () => {
    const own = { sees: ["*"], allow: [{ actions: ["marker.*"], queues: ["billing"] }], deny: [] };
    const deps = { policy: createPolicy({ roles: { "billing-oncall": own } }) };
    await renderAt("/metrics", { scenario: "bad-deploy", deps }, { role: "billing-oncall" });
    expect(await whyOff("Add a marker…")).toBe("Your role may do this on some queues only.");
    await userEvent.click(screen.getByRole("button", { name: "No incident is open" }));
    const open = await screen.findByRole("menuitem", { name: /^Open an incident/ });
    expect(open.textContent).toContain("Your role may do this on some queues only.");
  });

  it("finds no queue that it does not see: not in the list, not by address", async () => {
    await renderAt("/queues", world(), { role: "billing-oncall" });
    const table = await screen.findByRole("table", { name: "Queues" });
    const names = within(table)
      .getAllByRole("link")
      .map((link) => link.textContent);
    expect(names.filter((name) => ["billing", "emails"].includes(name ?? "")).sort()).toEqual([
      "billing",
      "emails",
    ]);
    expect(names).not.toContain("webhooks");
    cleanup();
    await renderAt("/queues/webhooks", world(), { role: "billing-oncall" });
    expect(await screen.findByText(/There is no queue "webhooks"/)).toBeTruthy();
    expect(screen.getByRole("link", { name: "Go to the overview" })).toBeTruthy();
  });
});

describe("read-only", () => {
  it("is said once where it holds for all, and is why each button is off", async () => {
    await renderAt("/queues/billing", world({ readOnly: true }));
    expect(await whyOff("Pause… billing")).toBe("This console is read-only.");
    expect(screen.getAllByText("read-only")).toHaveLength(1);
  });

  it("is said of the queue where it holds for one", async () => {
    await renderAt("/queues/billing", world({ readOnlyQueues: ["billing"] }));
    expect(await whyOff("Pause… billing")).toBe("This queue is read-only here.");
    expect(screen.getByText("read-only")).toBeTruthy();
    cleanup();
    await renderAt("/queues/emails", world({ readOnlyQueues: ["billing"] }));
    expect(await whyOff("Pause… emails")).toBeNull();
    expect(screen.queryByText("read-only")).toBeNull();
  });
});
