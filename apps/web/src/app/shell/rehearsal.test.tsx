import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it } from "vitest";
import { renderAt } from "../../../test/render-at.tsx";
import { queryClient } from "../../api/query-client.ts";
import { showSteps } from "../../features/rehearsal/progress.ts";
import { sectionOf } from "../../features/rehearsal/steps.ts";

afterEach(() => showSteps(false));

it("ticks off the steps of the playbook as they are done", async () => {
  await renderAt("/", { scenario: "healthy" });
  await userEvent.click(await screen.findByRole("button", { name: "Start the rehearsal" }));
  const steps = within(await screen.findByRole("region", { name: "Steps of the rehearsal" }));
  await steps.findByText("Failure spike, as the playbook has it");
  expect(steps.queryByText(", done")).toBeNull();

  await userEvent.click(steps.getByRole("link", { name: "Open its failed jobs" }));
  expect(await steps.findByRole("link", { name: "Open its failed jobs, done" })).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Fix the cause" }));
  // Nobody hears the stream in jsdom: what it would bring is read again.
  await queryClient.invalidateQueries();
  expect(await steps.findByRole("link", { name: /^Fix the cause .*, done$/ })).toBeTruthy();
  await waitFor(() => expect(screen.getByRole("button", { name: "2 of 7 steps" })).toBeTruthy());
});

it("is watched once it was retried, not by having been there before", () => {
  const watch = sectionOf("bad-deploy")?.steps.find(({ text }) => text === "Watch that it stays good");
  const seen = (lookedAt: number, actions: [string, number][]) =>
    watch?.isDone({ addresses: new Map([["/metrics", lookedAt]]), actions: new Map(actions), fixed: true });
  expect(watch).toBeDefined();
  expect(seen(2_000, [])).toBe(false);
  expect(seen(2_000, [["job.retry", 3_000]])).toBe(false);
  expect(seen(4_000, [["job.retry", 3_000]])).toBe(true);
});

it("has steps for every scenario there is", async () => {
  const world = await renderAt("/", { scenario: "healthy" });
  const { engine } = await (await world.fetch("/api/session")).json();
  const names = engine.scenarios.map(({ name }: { name: string }) => name);
  expect(names.length).toBeGreaterThan(6);
  expect(names.filter((name: string) => sectionOf(name) === null)).toEqual([]);
});
