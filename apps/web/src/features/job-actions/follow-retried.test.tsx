import { render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { expect, it } from "vitest";
import type { Fate } from "./follow.ts";
import { followRetried, type Told } from "./follow-retried.tsx";

const told: Told = { outcome: "success", title: "Retried 3 of 3 jobs in billing" };

/** What is said last of jobs that end so, without a minute's wait. */
async function lastSaid(fates: Record<string, Fate>): Promise<Told | undefined> {
  let last: Told | undefined;
  await followRetried("billing", Object.keys(fates), told, (next) => (last = next), {
    wait: async () => {},
    fateOf: async (_, id) => fates[id] ?? "open",
  });
  return last;
}

const text = (said: Told | undefined): string => {
  const { container } = render(<MemoryRouter>{said?.children}</MemoryRouter>);
  return container.textContent ?? "";
};

it("calls it done when every retried job has completed", async () => {
  const said = await lastSaid({ a: "completed", b: "completed" });
  expect(said?.outcome).toBe("success");
  expect(text(said)).toBe("2 completed");
});

it("is no success while jobs are open: says that it stops following, and names them", async () => {
  const said = await lastSaid({ a: "completed", b: "open", c: "open" });
  expect(said?.outcome).toBe("unknown");
  expect(text(said)).toMatch(/1 completed, 2 open.*Still open after 1 min; no longer followed/);
  expect(screen.getByRole("link", { name: "b" }).getAttribute("href")).toBe("/queues/billing/jobs/b");
});

it("names the first of many", async () => {
  const said = await lastSaid(Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`job-${i}`, "open"])));
  expect(text(said)).toMatch(/and 3 more$/);
  expect(screen.getAllByRole("link")).toHaveLength(5);
});

it("has failed when one failed again, and names what is open all the same", async () => {
  const said = await lastSaid({ a: "failed again", b: "open" });
  expect(said?.outcome).toBe("failed");
  expect(text(said)).toContain("no longer followed");
});
