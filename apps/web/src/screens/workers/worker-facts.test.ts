import type { Worker } from "@spillway/contract/schemas";
import { expect, it } from "vitest";
import {
  clockOffset,
  ended,
  slotWords,
  sourceWords,
  staffWords,
  toRows,
  versionWords,
  working,
} from "./worker-facts.ts";

const base: Worker = {
  id: "w",
  name: null,
  host: "host-1",
  pid: 1,
  queues: ["billing"],
  concurrency: 4,
  concurrency_by_queue: null,
  active_jobs: [],
  started_at: null,
  heartbeat_at: "2026-01-15T12:00:00.000Z",
  heartbeat_age_s: 10,
  health: "healthy",
  ended_at: null,
  source: "engine",
  version: "1",
};
const listOf = (...items: Worker[]) => ({ items, unknown: null, as_of: "2026-01-15T12:00:10.000Z" });

it("reckons heartbeats by the server's clock even where the engine's is an hour off", () => {
  const behind = { ...base, heartbeat_at: "2026-01-15T11:00:05.000Z", heartbeat_age_s: 5 };
  // Unchanged since an older picture: its age was written 20 s ago.
  const old = { ...base, heartbeat_at: "2026-01-15T10:59:45.000Z", heartbeat_age_s: 5 };
  const list = listOf(behind, old);
  expect(clockOffset(list)).toBe(3_600_000);
  const ages = toRows(list, null).map(({ beatAt }) => (Date.parse(list.as_of) - (beatAt ?? 0)) / 1000);
  expect(ages).toEqual([5, 25]);
});

it("puts the late first, sorts hosts as people count, and keeps those that ended apart, latest first", () => {
  const rows = toRows(
    listOf(
      { ...base, id: "a", name: "w", host: "host-10" },
      { ...base, id: "b", name: "w", host: "host-2" },
      { ...base, id: "c", name: "w", host: "host-3", health: "late" },
      { ...base, id: "d", health: "lost", ended_at: "2026-01-15T11:00:00.000Z" },
      { ...base, id: "e", health: "stopped", ended_at: "2026-01-15T11:30:00.000Z" },
    ),
    null,
  );
  expect(working(rows).map(({ worker }) => worker.id)).toEqual(["c", "b", "a"]);
  expect(ended(rows).map(({ worker }) => worker.id)).toEqual(["e", "d"]);
});

it("says how many are missing and where the expected figure comes from", () => {
  expect(staffWords(9, { value: 12, source: "learned", text: "12 are usual." })).toEqual({
    text: "9 of 12 workers, 3 missing",
    origin: "12 are usual.",
    missing: 3,
  });
  expect(staffWords(13, { value: 12, source: "config", text: "" }).text).toBe("13 of 12 workers");
  expect(staffWords(null, { value: 12, source: "config", text: "" }).text).toBe("Workers unknown");
});

it("names what a connection alone can't tell, and nothing it does tell", () => {
  const { limit } = sourceWords({ ...base, source: "connection", concurrency: null, version: null });
  expect(limit).toContain("Known by its connection only: no slots, no version.");
  expect(limit).not.toContain("no heartbeat");
  expect(sourceWords(base).limit).toBeNull();
});

const job = { queue: "billing", job_id: "1", task: null, started_at: null };

it("says of how many slots at least where some queues of a worker keep theirs to themselves", () => {
  const partly = {
    ...base,
    concurrency: null,
    concurrency_by_queue: { billing: 4, emails: 5 },
    active_jobs: [job],
  };
  expect(slotWords(toRows(listOf(partly, base), null)).text).toBe("1 of 13 or more");
});

it("does not add up slots that one worker keeps to itself", () => {
  expect(slotWords(toRows(listOf({ ...base, active_jobs: [job] }, base), null)).text).toBe("1 of 8");
  expect(slotWords(toRows(listOf({ ...base, active_jobs: [job], concurrency: null }, base), null)).text).toBe(
    "1 known job",
  );
});

it("counts of one queue its own slots, and says when none is free", () => {
  const shared = { ...base, queues: ["billing", "emails"], concurrency_by_queue: { billing: 1, emails: 3 } };
  const rows = toRows(listOf({ ...shared, active_jobs: [job, { ...job, queue: "emails" }] }), null);
  expect(slotWords(rows, "billing")).toEqual({ text: "1 of 1", full: true });
  expect(slotWords(rows, "emails")).toEqual({ text: "1 of 3", full: false });
  // Nobody tells how many of its slots are for which.
  const untold = { ...base, queues: ["billing", "emails"], active_jobs: [job] };
  expect(slotWords(toRows(listOf(untold), null), "billing")).toEqual({ text: "1 known job", full: false });
});

it("says which versions are at work, the most common first", () => {
  const of = (...versions: (string | null)[]) =>
    versionWords(toRows(listOf(...versions.map((version) => ({ ...base, version }))), null));
  expect(of("2.13.2", "2.14.0", "2.14.0")).toEqual({
    version: "2.14.0",
    share: "on 2 of 3",
    others: "2.13.2 on 1",
  });
  expect(of("a", "a", "b", "c", "d", "e", null)?.others).toBe(
    "e on 1, d on 1, c on 1, 1 more version, unknown on 1",
  );
  expect(of("a")).toEqual({ version: "a", share: "on 1 of 1", others: "" });
  expect(of(null)).toBeNull();
});
