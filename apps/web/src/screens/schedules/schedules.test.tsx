import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { renderAt } from "../../../test/render-at.tsx";

const table = () => screen.findByRole("table", { name: "Schedules of billing" });

describe("schedules", () => {
  it("pauses and resumes one, and runs it now", async () => {
    const world = await renderAt("/queues/billing/schedules", { scenario: "healthy" });
    await userEvent.click(within(await table()).getByRole("button", { name: "Pause" }));
    await userEvent.click(await within(await table()).findByRole("button", { name: "Resume" }));
    expect(await within(await table()).findByRole("button", { name: "Pause" })).toBeTruthy();
    await userEvent.click(within(await table()).getByRole("button", { name: "Run now" }));
    expect(await screen.findByText(/waits to run; the next planned run stays/)).toBeTruthy();
    const audit = await (await world.fetch("/api/audit?queue=billing")).json();
    expect(audit.items.map((record: { action: string }) => record.action)).toEqual([
      "schedule.run",
      "schedule.resume",
      "schedule.pause",
    ]);
  });

  it("asks before it removes one", async () => {
    await renderAt("/queues/billing/schedules", { scenario: "healthy" });
    await userEvent.click(within(await table()).getByRole("button", { name: "Remove…" }));
    const dialog = await screen.findByRole("dialog", { name: /^Remove .*\?$/ });
    await userEvent.click(within(dialog).getByRole("button", { name: "Remove schedule" }));
    expect(await screen.findByText("billing has no schedules")).toBeTruthy();
  });
});
