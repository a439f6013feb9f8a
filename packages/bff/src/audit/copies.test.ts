import { createManualClock } from "@spillway/engine-embedded";
import { expect, test } from "vitest";
import { sha256, silent } from "../app.fixture.ts";
import type { AuditSink } from "../deps.ts";
import { ownIntent, recordFact } from "./seam.ts";
import { AuditStore } from "./store.ts";

/** A sink that takes lines, refuses them, or never answers. */
function fakeSink(kind: AuditSink["kind"]) {
  const lines: string[] = [];
  const calls: number[] = [];
  const sink = {
    kind,
    target: `a ${kind}`,
    mood: "takes" as "takes" | "refuses" | "hangs",
    async append(more: readonly string[]) {
      calls.push(more.length);
      if (sink.mood === "hangs") return new Promise<never>(() => undefined);
      if (sink.mood === "refuses") throw new Error("it answered 503");
      lines.push(...more);
    },
  };
  return { sink, lines, calls, seqs: () => lines.map((line): number => JSON.parse(line).seq) };
}

function stage({
  required,
  kinds,
  capacity = 100,
}: {
  required: boolean;
  kinds: AuditSink["kind"][];
  capacity?: number;
}) {
  const clock = createManualClock(Date.UTC(2026, 10, 23, 14));
  const fakes = kinds.map(fakeSink);
  const store = new AuditStore({
    clock,
    log: silent,
    sha256,
    capacity,
    sinks: fakes.map(({ sink }) => sink),
    required,
  });
  store.onGap = ({ kind }, entries) =>
    void recordFact(store, ownIntent("audit.gap", "system", { details: { sink: kind } }), entries);
  /** Whether an effect may follow: `null` while it waits. */
  const ask = () => {
    const answer: { mayAct: boolean | null } = { mayAct: null };
    store.begin(ownIntent("queue.pause", "system")).saved.then(
      () => {
        answer.mayAct = true;
      },
      () => {
        answer.mayAct = false;
      },
    );
    return answer;
  };
  const settle = () => clock.advance(0);
  return {
    clock,
    store,
    ask,
    settle,
    file: fakes[0] ?? expect.fail(),
    webhook: fakes[1] ?? fakes[0] ?? expect.fail(),
  };
}

const NOT_DONE = {
  status: "failed",
  affected: 0,
  skipped: null,
  failed: 1,
  error: { code: "audit_unavailable", message: "no" },
  details: {},
} as const;

const numbers = (count: number, from = 1) => Array.from({ length: count }, (_, i) => i + from);

test("with two sinks each gets every entry in order, also while the other fails", async () => {
  const { store, ask, settle, clock, file, webhook } = stage({ required: true, kinds: ["file", "webhook"] });
  webhook.sink.mood = "refuses";
  const asked = numbers(20).map(ask);
  await settle();
  expect(asked.every(({ mayAct }) => mayAct === true)).toBe(true);
  expect(store.copies()).toMatchObject({
    required: true,
    sinks: [
      { kind: "file", status: "ok", waiting: 0, problem: null },
      {
        kind: "webhook",
        status: "failing",
        waiting: 20,
        problem: "it answered 503",
        failing_since: expect.any(String),
      },
    ],
  });
  webhook.sink.mood = "takes";
  file.sink.mood = "refuses";
  const onlyWebhook = ask();
  await settle();
  expect(onlyWebhook.mayAct).toBe(true);
  file.sink.mood = "takes";
  await clock.advance(60_000);
  expect([file.seqs(), webhook.seqs()]).toEqual([numbers(21), numbers(21)]);
  expect(store.copies().sinks.map(({ status, waiting }) => [status, waiting])).toEqual([
    ["ok", 0],
    ["ok", 0],
  ]);
});

test("if a copy is required and none can be had, nothing may follow", async () => {
  const { ask, settle, clock, file, webhook } = stage({ required: true, kinds: ["file", "webhook"] });
  file.sink.mood = "refuses";
  webhook.sink.mood = "refuses";
  const refused = ask();
  await settle();
  expect(refused.mayAct).toBe(false);
  file.sink.mood = "hangs";
  const hanging = ask();
  await clock.advance(3_999);
  expect(hanging.mayAct).toBeNull();
  await clock.advance(1);
  expect(hanging.mayAct).toBe(false);
});

test("if it is not required, a webhook is never waited for, and a file that hangs for a second", async () => {
  const { ask, settle, clock, file, webhook } = stage({ required: false, kinds: ["file", "webhook"] });
  webhook.sink.mood = "hangs";
  const first = ask();
  await settle();
  expect(first.mayAct).toBe(true);
  file.sink.mood = "refuses";
  const second = ask();
  await settle();
  expect(second.mayAct).toBe(true);
  file.sink.mood = "hangs";
  const third = ask();
  await clock.advance(999);
  expect(third.mayAct).toBeNull();
  await clock.advance(1);
  expect(third.mayAct).toBe(true);
});

test("a webhook that is away is asked at growing distances, however much is written meanwhile", async () => {
  const { ask, clock, webhook } = stage({ required: false, kinds: ["webhook"] });
  webhook.sink.mood = "refuses";
  for (let second = 0; second < 200; second++) {
    ask();
    await clock.advance(1_000);
  }
  // At once, then 1, 2, 4, 8, 16, 32, 60, 60 s later.
  expect(webhook.calls).toHaveLength(9);
  webhook.sink.mood = "takes";
  await clock.advance(60_000);
  expect(webhook.seqs()).toEqual(numbers(200));
});

test("one that is away for too long goes without the oldest entries, and that is on record", async () => {
  const { ask, store, clock, webhook } = stage({ required: false, kinds: ["webhook"], capacity: 50 });
  webhook.sink.mood = "refuses";
  ask();
  await clock.advance(0);
  for (let i = 1; i < 300; i++) ask();
  expect(store.copies().sinks[0]).toMatchObject({ waiting: 100, given_up: 200 });
  webhook.sink.mood = "takes";
  await clock.advance(60_000);
  expect(webhook.seqs()).toEqual(numbers(102, 201));
  expect(webhook.lines.slice(-2).map((line) => JSON.parse(line).body)).toMatchObject([
    { action: "audit.gap", details: { sink: "webhook" } },
    { status: "success", affected: 200 },
  ]);
});

test("attempts that are refused for want of a copy leave no hole in it, however many they are", async () => {
  const { store, settle, clock, file } = stage({ required: true, kinds: ["file"], capacity: 50 });
  store.onUnrecorded = (refused) =>
    void recordFact(store, ownIntent("audit.gap", "system", { details: { refused } }), refused);
  file.sink.mood = "refuses";
  const attempt = async () => {
    const { id, saved } = store.begin(ownIntent("queue.pause", "system"));
    await expect(saved).rejects.toThrow();
    await store.complete(id, "outcome", NOT_DONE);
  };
  for (let i = 0; i < 300; i++) await attempt();
  expect(store.copies().sinks[0]).toMatchObject({ waiting: 50, given_up: 0 });
  file.sink.mood = "takes";
  await clock.advance(60_000);
  store.begin(ownIntent("queue.pause", "system"));
  await settle();
  expect(file.seqs()).toEqual(numbers(53));
  expect(file.lines.slice(-3).map((line) => JSON.parse(line).body)).toMatchObject([
    { action: "audit.gap", details: { refused: 275 } },
    { status: "success", affected: 275 },
    { action: "queue.pause" },
  ]);
});

test("what waits together goes out together, up to a size", async () => {
  const { ask, settle, file } = stage({ required: true, kinds: ["file"], capacity: 10_000 });
  numbers(1_201).map(ask);
  await settle();
  expect(file.seqs()).toEqual(numbers(1_201));
  expect(file.calls).toHaveLength(4);
  expect(Math.max(...file.calls)).toBeLessThanOrEqual(500);
});
