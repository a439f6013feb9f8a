import { auditRecord } from "@spillway/contract/schemas";
import type { QueueEngine } from "@spillway/engine";
import { createEmbeddedEngine, createManualClock, type EmbeddedEngine } from "@spillway/engine-embedded";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { memorySink, START } from "../../app.fixture.ts";
import { FAILED, operationsWorld } from "../operations.fixture.ts";

const never = () => new Promise<never>(() => undefined);

/** What outlives a process: the engine, the clock, and the lines of its two files. */
function survivors() {
  const clock = createManualClock(START);
  const engine = createEmbeddedEngine({ clock });
  const operations: string[] = [];
  const audit: string[] = [];
  return { clock, engine, operations, audit };
}
type Survivors = ReturnType<typeof survivors>;

/** A console that dies at its `dieAt`th call that changes jobs: before it takes effect or after. Nothing it does later happens. */
async function startConsole(
  { clock, engine, operations, audit }: Survivors,
  death: { dieAt: number; took: boolean } = { dieAt: Number.POSITIVE_INFINITY, took: false },
) {
  let calls = 0;
  let isDead = false;
  let compactions = 0;
  const write =
    <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      if (isDead) return never();
      calls++;
      if (calls < death.dieAt) return call(...args);
      isDead = true;
      if (death.took) await call(...args);
      return never();
    };
  const mortal: Partial<QueueEngine> = {
    actOnJobs: write((...call) => engine.actOnJobs(...call)),
    releaseHeld: write((...call) => engine.releaseHeld(...call)),
    holdWaiting: write((...call) => engine.holdWaiting(...call)),
  };
  const lines = (into: string[]) => ({
    append: (line: string) => {
      if (isDead) return never();
      into.push(line);
      return Promise.resolve();
    },
  });
  const world = await operationsWorld({
    wrapEngine: (): QueueEngine => Object.assign(Object.create(engine), mortal),
    deps: {
      clock,
      auditSinks: [memorySink(audit, () => (isDead ? never() : undefined))],
      operationsStore: {
        ...lines(operations),
        async *readBack() {
          yield* operations;
        },
        // So little that it is put anew again and again while it goes on.
        slack: 3_000,
        async replace(all) {
          if (isDead) return never();
          compactions++;
          operations.splice(0, Number.POSITIVE_INFINITY, ...all);
        },
      },
    },
  });
  return { ...world, engine, clock, isDead: () => isDead, compactions: () => compactions };
}

async function failed(engine: EmbeddedEngine, clock: Survivors["clock"], count: number): Promise<void> {
  for (let i = 0; i < count; i++) engine.add("billing", "t", {}, { id: `${i}` });
  const worker = engine.addWorker({
    queues: ["billing"],
    concurrency: count,
    simulate: () => ({ ms: 1, error: { name: "E", message: "no", stack: null } }),
  });
  await clock.advance(10);
  await engine.stopWorker(worker);
}

/** Turns of the event loop, until something is so. */
async function turns(until: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; i < 2_000 && !(await until()); i++) await new Promise((resolve) => setTimeout(resolve, 0));
}

describe("killed at any point and started again", () => {
  test("a bulk operation loses no job and acts on none twice", async () => {
    const deaths = fc.array(fc.record({ dieAt: fc.integer({ min: 1, max: 5 }), took: fc.boolean() }), {
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(deaths, fc.constantFrom("job.retry", "job.remove"), async (plan, action) => {
        const world = survivors();
        await failed(world.engine, world.clock, 1_500);
        let console = await startConsole(world, plan[0]);
        const { id, audit_id } = await console.bulk({ action, selection: FAILED });
        for (const [i] of plan.entries()) {
          await turns(console.isDead);
          console = await startConsole(world, plan[i + 1]);
        }
        expect(await console.ended(id)).toMatchObject({
          state: "done",
          matched: 1_500,
          succeeded: 1_500,
          skipped: 0,
          unknown: 0,
          held: action === "job.remove" ? { state: "held", count: 1_500 } : null,
        });
        const { counts, flows } = await world.engine.queue("billing");
        if (action === "job.retry") {
          expect(counts).toMatchObject({ waiting: 1_500, failed: 0 });
          expect(flows.operatorRetried).toBe(1_500);
        } else expect(await world.engine.holds()).toMatchObject([{ id, count: 1_500 }]);
        const record = auditRecord.parse(await console.json(`/api/audit/${audit_id}`));
        expect(record).toMatchObject({ status: "success", affected: 1_500, source: "bulk" });
        const kinds = record.entries.map(({ kind }) => kind);
        expect(kinds.at(-1)).toBe(plan.length > 0 ? "resolution" : "outcome");
      }),
      { numRuns: 12 },
    );
  });

  test("putting back goes on", async () => {
    const world = survivors();
    for (let i = 0; i < 1_200; i++) world.engine.add("billing", "t", {}, { id: `${i}` });
    const first = await startConsole(world, { dieAt: 3, took: true });
    const { id } = await first.order("/api/queues/billing/drain", {});
    await first.ended(id);
    await first.order(`/api/operations/${id}/undo`, {});
    await turns(first.isDead);
    const second = await startConsole(world);
    expect(await second.ended(id)).toMatchObject({ state: "done", held: { state: "restored" } });
    expect((await world.engine.queue("billing")).counts.waiting).toBe(1_200);
  });

  test.each([true, false])("moving all aside is not asked twice (took effect: %s)", async (took) => {
    const world = survivors();
    for (let i = 0; i < 10; i++) world.engine.add("billing", "t", {});
    const first = await startConsole(world, { dieAt: 1, took });
    const { id } = await first.order("/api/queues/billing/drain", {});
    await turns(first.isDead);
    world.engine.add("billing", "t", {}, { id: "later" });
    const second = await startConsole(world);
    for (let i = 0; i < 6; i++) {
      await world.clock.advance(10_000);
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    expect(await second.ended(id)).toMatchObject(
      took ? { state: "done", held: { count: 10 } } : { state: "failed", held: null },
    );
    expect((await world.engine.queue("billing")).counts.waiting).toBe(took ? 1 : 11);
  });

  test("a redrive goes on with its phase, and with what it knew of its jobs", async () => {
    const world = survivors();
    await failed(world.engine, world.clock, 600);
    world.engine.addWorker({ queues: ["billing"], concurrency: 100, simulate: () => ({ ms: 50 }) });
    let console = await startConsole(world, { dieAt: 3, took: true });
    const { id } = await console.order("/api/queues/billing/redrives", { selection: FAILED });
    const pass = async (until: () => boolean | Promise<boolean>) => {
      for (let i = 0; i < 400 && !(await until()); i++) {
        await world.clock.advance(500);
        await new Promise((resolve) => setTimeout(resolve, 0));
      }
    };
    await pass(console.isDead);
    console = await startConsole(world);
    await pass(async () => (await console.get(id)).state === "done");
    const over = await console.get(id);
    expect(over).toMatchObject({ state: "done", succeeded: 600 });
    expect(over.phases.map(({ state, completed_again }) => [state, completed_again])).toEqual([
      ["passed", 10],
      ["passed", 60],
      ["passed", 530],
    ]);
    const { flows } = await world.engine.queue("billing");
    expect(flows.operatorRetried).toBe(600);
    expect(flows.completed).toBe(600);
  });

  test("what was paused stays paused, what was cancelled stays cancelled, what ended is still told", async () => {
    const world = survivors();
    await failed(world.engine, world.clock, 30);
    world.engine.add("other", "t", {}, { id: "x" });
    const first = await startConsole(world, { dieAt: 3, took: true });
    const ended = await first.order("/api/queues/other/jobs/bulk", {
      action: "job.cancel",
      selection: { filter: { state: "waiting" } },
    });
    await first.ended(ended.id);
    const { id } = await first.bulk({ selection: FAILED, rate_per_s: 1 });
    await turns(async () => (await first.get(id)).done > 0);
    await first.post(`/api/operations/${id}/pause`, {}, {}, ["operator"]);
    await first.close();
    const second = await startConsole(world);
    expect(await second.get(id)).toMatchObject({ state: "paused", note: "Paused by Ana.", done: 1 });
    expect(await second.get(ended.id)).toMatchObject({ state: "done", succeeded: 1 });
    expect(await second.outcomes(ended.id)).toMatchObject([{ job_id: "x", outcome: "succeeded" }]);
    await second.post(`/api/operations/${id}/resume`);
    await second.post(`/api/operations/${id}/cancel`);
    await second.ended(id);
    await second.close();
    const third = await startConsole(world);
    expect(await third.get(id)).toMatchObject({ state: "cancelled" });
  });
});

test("a process that goes away in good order goes on where it stopped", async () => {
  const world = survivors();
  await failed(world.engine, world.clock, 100);
  const first = await startConsole(world);
  const { id, audit_id } = await first.bulk({ selection: FAILED, rate_per_s: 10 });
  for (let i = 0; i < 20; i++) {
    await world.clock.advance(100);
    await turns(() => true);
  }
  await first.close();
  const { done } = await first.get(id);
  expect(done).toBeGreaterThan(5);
  expect((await world.engine.queue("billing")).counts.waiting).toBe(done);
  const second = await startConsole(world);
  for (let i = 0; i < 100; i++) {
    await world.clock.advance(100);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  expect(await second.ended(id)).toMatchObject({ state: "done", succeeded: 100 });
  expect(await second.json(`/api/audit/${audit_id}`)).toMatchObject({ status: "success", affected: 100 });
});

test("without a file, a process that goes away says how far it came", async () => {
  const world = await operationsWorld();
  const lines: string[] = [];
  const clock = createManualClock(START);
  const engine = createEmbeddedEngine({ clock });
  await failed(engine, clock, 50);
  const mortal = await operationsWorld({
    wrapEngine: (): QueueEngine => engine,
    deps: {
      clock,
      auditSinks: [memorySink(lines)],
    },
  });
  await mortal.bulk({ selection: FAILED, rate_per_s: 1 });
  await turns(async () => (await mortal.json("/api/operations")).items[0].done > 0);
  await mortal.close();
  expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({
    kind: "outcome",
    body: {
      status: "failed",
      affected: 1,
      error: { code: "interrupted", message: expect.stringContaining("49 jobs") },
    },
  });
  await world.close();
});

test("what can't be written down is not begun", async () => {
  const world = await operationsWorld({
    deps: {
      operationsStore: {
        append: () => Promise.reject(new Error("ENOSPC")),
        async *readBack() {},
        replace: async () => undefined,
      },
    },
  });
  await world.fail(3);
  const reply = await world.post("/api/queues/billing/jobs/bulk", { action: "job.retry", selection: FAILED });
  expect(reply.status).toBe(503);
  expect((await world.counts()).failed).toBe(3);
  expect((await world.json("/api/operations")).total).toBe(0);
});

test("lines of another engine, and lines nobody can read, begin nothing", async () => {
  const world = survivors();
  await failed(world.engine, world.clock, 400);
  const first = await startConsole(world, { dieAt: 1, took: false });
  const { id } = await first.bulk({ selection: FAILED });
  await turns(first.isDead);
  world.operations.push('{"line":"chunk","broke');
  world.operations[0] = (world.operations[0] ?? "").replace(
    '"engine":"Embedded engine"',
    '"engine":"Redis at elsewhere"',
  );
  const second = await startConsole(world);
  expect(await second.ended(id)).toMatchObject({
    state: "failed",
    done: 0,
    note: "It was begun on another engine: its jobs are not these.",
  });
  expect((await world.engine.queue("billing")).counts.failed).toBe(400);
});
