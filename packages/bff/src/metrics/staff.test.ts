import type { WorkerRecord } from "@spillway/engine";
import { expect, test } from "vitest";
import { StaffRoll } from "./staff.ts";

const WORKER: WorkerRecord = {
  id: "w",
  name: "w",
  host: "h",
  pid: 1,
  queues: ["billing", "webhooks"],
  concurrency: 9,
  concurrencyByQueue: { billing: 4, webhooks: 5 },
  activeJobs: [],
  startedAt: 0,
  heartbeatAt: 0,
  stoppedAt: null,
  source: "agent",
  version: null,
};

function slotsOf(...workers: Partial<WorkerRecord>[]) {
  const entries = workers.map((more) => ({
    worker: { ...WORKER, ...more },
    health: "healthy" as const,
    lastSeenAt: 0,
    endedAt: null,
  }));
  const roll = new StaffRoll(entries, true);
  return { billing: roll.of("billing").slots, webhooks: roll.of("webhooks").slots, all: roll.total.slots };
}

test("a queue has the slots that its workers keep for it, not those they have for others", () => {
  expect(slotsOf({}, {})).toEqual({ billing: 8, webhooks: 10, all: 18 });
});

test("slots that all queues of a worker share are those of each", () => {
  expect(slotsOf({ concurrencyByQueue: null })).toEqual({ billing: 9, webhooks: 9, all: 9 });
});

test("are unknown where one worker does not tell those of this very queue", () => {
  const partly = { concurrency: null, concurrencyByQueue: { billing: 4 } };
  expect(slotsOf({}, partly)).toEqual({ billing: 8, webhooks: null, all: null });
});
