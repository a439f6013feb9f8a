import type { JobDetail } from "@spillway/contract/schemas";
import { expect, test } from "vitest";
import { timelineSteps } from "./timeline-steps.ts";

const at = (second: number, event: string): JobDetail["timeline"][number] => ({
  at: new Date(Date.UTC(2026, 10, 23, 14, 0, second)).toISOString(),
  event,
  source: "engine",
  worker_id: null,
  detail: null,
});

test("tells waits, runs and back-offs with how long they took, without echoes", () => {
  const timeline = [
    at(0, "created"),
    at(0, "waiting"),
    at(3, "started"),
    at(5, "attempt_failed"),
    at(5, "delayed"),
    at(20, "waiting"),
    at(20, "started"),
    at(21, "attempt_failed"),
    at(21, "failed"),
  ];
  const steps = timelineSteps({ timeline, state: "failed", attempts: [] });
  expect(steps.map(({ words, lasted }) => [words, lasted])).toEqual([
    ["waiting", "3 s"],
    ["running", "2 s"],
    ["run failed", "15 s"],
    ["running", "1 s"],
    ["failed for good", null],
  ]);
});

test("keeps the creation of a job that started at once, and counts on while it runs", () => {
  const steps = timelineSteps({
    timeline: [at(0, "created"), at(0, "waiting"), at(0, "started")],
    state: "active",
    attempts: [],
  });
  expect(steps.map(({ words, since }) => [words, since])).toEqual([
    ["created", null],
    ["running", at(0, "").at],
  ]);
});

test("tells of earlier runs whose times the engine did not keep", () => {
  const attempt = (number: number, started_at: string | null) => ({
    number,
    started_at,
    finished_at: started_at,
    worker_id: null,
    error: { name: "E", message: "no", stack: null, frames: [] },
  });
  const timeline = [at(0, "created"), at(9, "started"), at(10, "failed")];
  const attempts = [attempt(1, null), attempt(2, null), attempt(3, at(9, "").at)];
  const steps = timelineSteps({ timeline, state: "failed", attempts });
  expect(steps.map(({ words, at, lasted }) => [words, at === null, lasted])).toEqual([
    ["created", false, null],
    ["2 runs failed", true, null],
    ["running", false, "1 s"],
    ["failed for good", false, null],
  ]);
});
