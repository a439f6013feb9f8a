import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { withFailed } from "../../../test/failed-jobs.ts";
import { renderAt } from "../../../test/render-at.tsx";

const takes = (role: string): string =>
  `Your role may not do this; it takes ${role}. Whoever runs this console gives roles.`;

/** Why a button can't be pressed; null if it can. */
const whyOff = async (name: string | RegExp, inside?: HTMLElement): Promise<string | null> => {
  const within_ = inside === undefined ? screen : within(inside);
  const button = await within_.findByRole("button", { name });
  expect(button.getAttribute("aria-disabled") === "true").toBe(button.hasAttribute("aria-description"));
  return button.getAttribute("aria-description");
};

async function menuItem(name: string): Promise<HTMLElement> {
  // The menu's code comes with the pointer; its button is another then.
  await userEvent.hover(await screen.findByRole("button", { name: "More for billing" }));
  await userEvent.click(await screen.findByRole("button", { name: "More for billing" }));
  return screen.findByRole("menuitem", { name: new RegExp(`^${name}`) });
}

describe("who may only look", () => {
  it("reads on a queue what pausing, emptying and cleaning it takes, and changes nothing by pressing", async () => {
    const world = await renderAt("/queues/billing", withFailed(3), { role: "viewer" });
    expect(await whyOff("Pause… billing")).toBe(takes("operator"));
    await userEvent.click(screen.getByRole("button", { name: "Pause… billing" }));
    expect(screen.queryByRole("dialog")).toBeNull();
    for (const name of ["Delete all waiting jobs…", "Delete old jobs…"]) {
      const item = await menuItem(name);
      expect(item.getAttribute("aria-disabled")).toBe("true");
      expect(item.textContent).toBe(`${name}${takes("admin")}`);
      await userEvent.keyboard("{Escape}");
    }
    expect((await world.engine.queue("billing")).paused).toBe(false);
  });

  it("reads on a job, and on rows that were picked, what each action takes", async () => {
    const world = await renderAt("/queues/billing/jobs?state=failed&size=5", withFailed(3), {
      role: "viewer",
    });
    const table = await screen.findByRole("table", { name: "Jobs of billing" });
    await userEvent.click(within(table).getByRole("checkbox", { name: "Select all rows shown" }));
    const bar = await screen.findByRole("region", { name: "Selected jobs" });
    for (const name of ["Retry…", "Remove…"]) expect(await whyOff(name, bar)).toBe(takes("operator"));
    await userEvent.click(within(table).getByRole("link", { name: /job-0$/ }));
    await screen.findByRole("heading", { level: 1, name: /job-0/ });
    for (const name of [/^Retry/, /^Remove/]) expect(await whyOff(name)).toBe(takes("operator"));
    expect((await world.engine.queue("billing")).counts.failed).toBe(3);
  });

  it("watches an operation and reads what stopping it takes", async () => {
    const world = await renderAt("/operations", withFailed(20), { role: "viewer" });
    const selection = { filter: { state: "failed" } };
    await world.post("/api/queues/billing/jobs/bulk", { action: "job.retry", selection, rate_per_s: 0.1 });
    const table = await screen.findByRole("table", { name: "Operations" });
    await userEvent.click(within(table).getByRole("link", { name: "Retry" }));
    for (const name of ["Pause", "Stop…"]) expect(await whyOff(name)).toBe(takes("operator"));
  });
});

it("an operator may put deleted jobs back, and reads that deleting them for good takes more", async () => {
  const world = await renderAt("/operations", withFailed(20), { role: "operator" });
  await world.post("/api/queues/billing/jobs/bulk", {
    action: "job.remove",
    selection: { filter: { state: "failed" } },
  });
  const table = await screen.findByRole("table", { name: "Operations" });
  await userEvent.click(within(table).getByRole("link", { name: "Remove" }));
  expect(await whyOff("Put them back…")).toBeNull();
  expect(await whyOff("Purge now…")).toBe(takes("admin"));
});
