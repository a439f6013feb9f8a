import { describe, expect, it } from "vitest";
import { createManualClock } from "./clock.ts";
import { createEmbeddedEngine, type EmbeddedEngine } from "./engine.ts";

const START = Date.UTC(2026, 10, 24, 9);

function set(): { clock: ReturnType<typeof createManualClock>; engine: EmbeddedEngine } {
  const clock = createManualClock(START);
  return { clock, engine: createEmbeddedEngine({ clock }) };
}

const stateOf = async (engine: EmbeddedEngine, id: string) => (await engine.job("letters", id))?.state;

describe("attempts", () => {
  it("backs off twice as long after each failed run", async () => {
    const { clock, engine } = set();
    const starts: number[] = [];
    engine.addWorker({
      queues: ["letters"],
      process: () => {
        starts.push(clock.now());
        throw new Error("boom");
      },
    });
    engine.add("letters", "send", {}, { attempts: 4, backoff: { type: "exponential", delayMs: 1000 } });
    await clock.advance(20_000);
    expect(starts.map((start) => start - START)).toEqual([0, 1000, 3000, 7000]);
    expect((await engine.queue("letters")).flows).toMatchObject({
      failedAttempts: 4,
      autoRetried: 3,
      failed: 1,
    });
  });

  it("does not retry an unrecoverable error", async () => {
    const { clock, engine } = set();
    const process = (): never => {
      throw Object.assign(new Error("never again"), { name: "UnrecoverableError" });
    };
    engine.addWorker({ queues: ["letters"], process });
    const id = engine.add("letters", "send", {}, { attempts: 5 });
    await clock.advance(1000);
    expect(await engine.job("letters", id)).toMatchObject({ state: "failed", attemptsMade: 1 });
  });

  it("keeps what a worker threw that is no error", async () => {
    const { clock, engine } = set();
    const process = (): Promise<never> => Promise.reject("only words");
    engine.addWorker({ queues: ["letters"], process });
    const id = engine.add("letters", "send", {});
    await clock.advance(10);
    expect((await engine.job("letters", id))?.error).toEqual({
      name: null,
      message: "only words",
      stack: null,
    });
  });
});

describe("a worker that is lost", () => {
  it("falls silent, and its job stalls, is run again, and fails when it stalls again", async () => {
    const { clock, engine } = set();
    const never = (): Promise<void> => new Promise(() => undefined);
    const first = engine.addWorker({ queues: ["letters"], process: never });
    const id = engine.add("letters", "send", {}, { attempts: 3 });
    await clock.advance(7000);
    engine.killWorker(first);
    await clock.advance(20_000);
    const { workers } = await engine.snapshot();
    expect(workers?.[0]).toMatchObject({ heartbeatAt: START + 5000, stoppedAt: null });
    expect(await engine.job("letters", id)).toMatchObject({ state: "active", flags: ["stalled"] });
    await clock.advance(11_000);
    expect(await stateOf(engine, id)).toBe("waiting");
    const second = engine.addWorker({ queues: ["letters"], process: never });
    expect(await stateOf(engine, id)).toBe("active");
    engine.killWorker(second);
    await clock.advance(31_000);
    const job = await engine.job("letters", id);
    expect(job).toMatchObject({ state: "failed", error: { name: "StalledError" } });
    expect(job?.events.filter(({ event }) => event === "stalled")).toHaveLength(2);
  });

  it("is not heard any more", async () => {
    const { clock, engine } = set();
    const worker = engine.addWorker({
      queues: ["letters"],
      process: () => new Promise((resolve) => void clock.after(1000, () => resolve("late"))),
    });
    const id = engine.add("letters", "send", {});
    engine.killWorker(worker);
    await clock.advance(2000);
    expect(await stateOf(engine, id)).toBe("active");
  });
});

describe("cancelling an active job", () => {
  it("says so when the worker does not stop, and holds the wish", async () => {
    const { clock, engine } = set();
    const process = (): Promise<never> =>
      new Promise((_, reject) => void clock.after(60_000, () => reject(new Error("much later"))));
    engine.addWorker({ queues: ["letters"], process });
    const id = engine.add("letters", "send", {}, { attempts: 5 });
    const cancelling = engine.cancelJob("letters", id);
    await clock.advance(4000);
    expect(await cancelling).toMatchObject({ state: "active", stopped: false });
    await clock.advance(60_000);
    expect(await engine.job("letters", id)).toMatchObject({ state: "failed", error: { name: "Cancelled" } });
  });
});

describe("cancelling many jobs", () => {
  it("asks all workers at once, and tells of those that do not stop", async () => {
    const { clock, engine } = set();
    const deaf = new Set(["1", "3"]);
    const simulate = ({ id }: { id: string }) => ({ ms: Number.POSITIVE_INFINITY, deaf: deaf.has(id) });
    engine.addWorker({ queues: ["letters"], concurrency: 4, simulate });
    for (let each = 0; each < 4; each += 1) engine.add("letters", "send", {});
    const targets = ["1", "2", "3", "4"].map((id) => ({ id }));
    const cancelling = engine.actOnJobs("letters", "cancel", targets, { receipt: "r" });
    const again = engine.actOnJobs("letters", "cancel", targets, { receipt: "r" });
    await clock.advance(3000);
    const results = await cancelling;
    expect(results.map(({ id, outcome, state }) => `${id} ${outcome} ${state}`)).toEqual([
      "1 refused active",
      "2 done failed",
      "3 refused active",
      "4 done failed",
    ]);
    expect(results[0]?.message).toMatch(/asked to stop/);
    expect(await again).toEqual(results);
    expect((await engine.job("letters", "1"))?.events.map(({ event }) => event)).toEqual([
      "created",
      "waiting",
      "started",
      "cancel_requested",
    ]);
  });
});

describe("limits", () => {
  it("a queue's concurrency holds over all its workers", async () => {
    const { engine } = set();
    engine.defineQueue("letters", { concurrency: 3 });
    for (let each = 0; each < 4; each += 1) engine.addWorker({ queues: ["letters"], concurrency: 5 });
    for (let each = 0; each < 10; each += 1) engine.add("letters", "send", {});
    expect((await engine.queue("letters")).counts).toMatchObject({ active: 3, waiting: 7 });
  });

  it("a rate limit lets so many start in each window", async () => {
    const { clock, engine } = set();
    engine.defineQueue("letters", { rateLimit: { max: 2, perMs: 1000 } });
    engine.addWorker({ queues: ["letters"], process: () => null });
    for (let each = 0; each < 7; each += 1) engine.add("letters", "send", {});
    const completed: number[] = [];
    for (let second = 0; second < 4; second += 1) {
      await clock.advance(500);
      completed.push((await engine.queue("letters")).counts.completed);
      await clock.advance(500);
    }
    expect(completed).toEqual([2, 4, 6, 7]);
  });

  it("keeps the newest completed jobs up to its bound", async () => {
    const { clock, engine } = set();
    engine.defineQueue("letters", { keepCompleted: 50, keepFailed: 10 });
    const process = ({ task }: { task: string }): void => {
      if (task === "fail") throw new Error("boom");
    };
    engine.addWorker({ queues: ["letters"], process, concurrency: 20 });
    for (let each = 0; each < 200; each += 1) engine.add("letters", each % 4 === 0 ? "fail" : "ok", {});
    await clock.advance(1000);
    const { counts, flows } = await engine.queue("letters");
    expect(counts).toMatchObject({ completed: 50, failed: 10 });
    expect(flows).toMatchObject({ completed: 150, failed: 50 });
  });

  it("forgets a job that asked for it as soon as it completed, and still tells", async () => {
    const { clock, engine } = set();
    const completed: (string | null)[] = [];
    engine.subscribe(({ type, jobId }) => {
      if (type === "completed") completed.push(jobId);
    });
    engine.addWorker({ queues: ["letters"], process: () => null });
    const id = engine.add("letters", "send", {}, { removeOnComplete: true });
    await clock.advance(10);
    expect(await engine.job("letters", id)).toBeNull();
    expect(completed).toEqual([id]);
  });
});

describe("the engine as a whole", () => {
  it("an id that is there already adds nothing", async () => {
    const { engine } = set();
    engine.add("letters", "send", "first", { id: "same" });
    engine.add("letters", "send", "second", { id: "same" });
    expect(await engine.job("letters", "same")).toMatchObject({ payload: "first" });
    expect((await engine.queue("letters")).flows.enqueued).toBe(1);
  });

  it("a closed engine says that it is down, and its clock is left alone", async () => {
    const { clock, engine } = set();
    engine.addSchedule("letters", { id: "often", task: "send", everyMs: 1000 });
    await engine[Symbol.asyncDispose]();
    await expect(engine.snapshot()).rejects.toMatchObject({ code: "unavailable", reason: "down" });
    await clock.advance(10_000);
  });

  it("leaves nobody waiting for a job that another scenario has swept away", async () => {
    const { engine } = set();
    const worker = engine.addWorker({ queues: ["letters"], process: () => new Promise(() => undefined) });
    const id = engine.add("letters", "send", {});
    const cancelling = engine.cancelJob("letters", id);
    const stopping = engine.stopWorker(worker);
    engine.loadScenario("healthy");
    expect(await cancelling).toMatchObject({ stopped: false });
    await stopping;
  });

  it("refuses a scenario it does not know and names those it does", () => {
    const { clock, engine } = set();
    expect(() => engine.loadScenario("calm")).toThrow(/bad-deploy/);
    expect(() => createEmbeddedEngine({ clock, scenario: "calm" })).toThrow(/healthy/);
    expect(() => engine.setSpeed(0)).toThrow();
  });

  it("refuses a schedule that has no time to run at", () => {
    const { engine } = set();
    expect(() => engine.addSchedule("letters", { id: "never", task: "send", pattern: "61 * * * *" })).toThrow(
      /never/,
    );
    expect(() => engine.addSchedule("letters", { id: "none", task: "send" })).toThrow(/none/);
  });

  it("a schedule with a limit ends after so many runs", async () => {
    const { clock, engine } = set();
    engine.addSchedule("letters", { id: "thrice", task: "send", everyMs: 1000, limit: 3 });
    await clock.advance(10_000);
    expect((await engine.queue("letters")).counts.waiting).toBe(3);
    expect(await engine.schedules("letters")).toEqual([]);
  });
});
