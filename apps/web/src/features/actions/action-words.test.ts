import { expect, it } from "vitest";
import { recordMark, recordWords, whoWords } from "./action-words.ts";

const actor = (name: string) => ({
  id: name,
  name,
  verified: false,
  roles: [],
  auth: "none",
  session: null,
  ip: null,
});
const told = {
  actor: actor("ana"),
  queue: "billing",
  job_id: null,
  status: "success",
  source: "ui",
  details: {},
  incident: null,
} as const;

it("says who did it, and of what nobody did here only what was seen", () => {
  const removed = { ...told, action: "job.remove", operation_id: null, requested: 1 };
  expect(recordWords(removed)).toBe("ana removed a job of billing");
  expect(recordWords({ ...removed, job_id: "81" })).toBe("ana removed job 81 of billing");
  expect(recordWords({ ...removed, action: "job.promote", job_id: "81" })).toBe(
    "ana ran delayed job 81 now of billing",
  );
  const observed = "8 waiting jobs of billing vanished without this console.";
  const seen = { ...removed, actor: actor("Spillway"), source: "observed", details: { observed } } as const;
  expect(recordWords(seen)).toBe(observed);
});

it("says of what was refused or is not known that it was tried, of what goes on that it was begun", () => {
  const cancel = { ...told, action: "job.cancel", job_id: "81", operation_id: null, requested: 1 };
  expect(recordWords({ ...cancel, status: "failed" })).toBe("ana tried to cancel job 81 of billing");
  expect(recordWords({ ...cancel, status: "unknown" })).toBe("ana tried to cancel job 81 of billing");
  const many = { ...told, action: "job.retry", operation_id: "01K", requested: 2310 };
  expect(recordWords({ ...many, status: "pending" })).toBe("ana began to retry 2,310 jobs of billing");
  const ended = { ...many, action: "marker.create", status: "failed", incident: "INC-7" } as const;
  expect(recordWords({ ...ended, details: { kind: "incident", until: "" } })).toBe("ana tried to end INC-7");
});

it.each([
  [{ to: "bad-deploy" }, "ana began the rehearsal bad-deploy"],
  [{ to: "bad-deploy", fixed: true }, "ana fixed the cause of the rehearsal bad-deploy"],
])("tells of a rehearsal which: %j", (details, words) => {
  const set = { ...told, action: "scenario.set", queue: null, operation_id: null, requested: 1, details };
  expect(recordWords(set)).toBe(words);
});

it("gives nobody here what was done elsewhere", () => {
  const seen = { ...told, actor: actor("Spillway"), source: "observed" } as const;
  expect([whoWords(seen), recordMark(seen)]).toEqual(["unknown, outside of this console", "noticed"]);
  expect([whoWords(told), recordMark(told)]).toEqual(["ana", "success"]);
});

it.each([
  ["job.remove", null, 1, "ana removed a job of billing"],
  ["job.retry", "01K", 2310, "ana retried 2,310 jobs of billing"],
  ["job.promote", "01K", 40, "ana ran 40 delayed jobs now of billing"],
  ["queue.drain", "01K", 12_400, "ana deleted waiting jobs of billing"],
  ["operation.undo", "01K", 12_400, "ana put deleted jobs back into billing"],
  ["job.retry", "01K", null, "ana retried a job of billing"],
])("tells %s under %s of %s", (action, operation_id, requested, words) => {
  expect(recordWords({ ...told, action, operation_id, requested })).toBe(words);
});

it.each([
  ["queue.export", "billing", "ana exported jobs of billing"],
  ["audit.export", null, "ana exported the audit"],
  ["metrics.export", "billing", "ana exported the metrics of billing"],
  ["metrics.export", null, "ana exported the metrics"],
  ["trouble.ack", null, "ana is on trouble"],
  ["operation.resume", null, "ana let an operation go on"],
])("tells %s of %s", (action, queue, words) => {
  expect(recordWords({ ...told, action, queue, operation_id: null, requested: null })).toBe(words);
});

it.each([
  [{ kind: "note" }, null, "ana added a note"],
  [{ kind: "deploy" }, null, "ana marked a deploy"],
  [{ kind: "incident" }, "INC-7", "ana told of INC-7"],
  [{ kind: "incident", until: "2026-11-23T14:40:00.000Z" }, "INC-7", "ana ended INC-7"],
])("tells what was marked: %j", (details, incident, words) => {
  const marked = { ...told, action: "marker.create", operation_id: null, requested: null, details, incident };
  expect(recordWords(marked)).toBe(words);
});
