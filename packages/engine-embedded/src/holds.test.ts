import { describe, expect, it } from "vitest";
import { createManualClock } from "./clock.ts";
import { createEmbeddedEngine } from "./engine.ts";

const START = Date.UTC(2026, 10, 24, 9);
const HOLD = { id: "hold", until: START + 24 * 3_600_000 };

function set(count: number) {
  const clock = createManualClock(START);
  const engine = createEmbeddedEngine({ clock });
  const ids = Array.from({ length: count }, () => engine.add("letters", "send", {}));
  const waiting = async () => {
    const list = { offset: 0, limit: 1000, order: "oldest" } as const;
    return (await engine.listJobs("letters", "waiting", list)).rows.map(({ id }) => id);
  };
  return { clock, engine, ids, waiting };
}

describe("a hold", () => {
  it("puts jobs back between their neighbours, also in several steps", async () => {
    const { engine, ids, waiting } = set(9);
    const targets = ["8", "2", "5"].map((id) => ({ id }));
    await engine.actOnJobs("letters", "remove", targets, { receipt: "r", hold: HOLD });
    expect(await waiting()).toEqual(["1", "3", "4", "6", "7", "9"]);
    await engine.releaseHeld("letters", "hold", 1);
    expect(await waiting()).toEqual(["1", "2", "3", "4", "6", "7", "9"]);
    expect(await engine.releaseHeld("letters", "hold", 5)).toEqual({ moved: 2, left: 0 });
    expect(await waiting()).toEqual(ids);
  });

  it("gives workers the jobs of a step in their order", async () => {
    const { clock, engine, ids } = set(5);
    const started: (string | null)[] = [];
    engine.subscribe(({ type, jobId }) => {
      if (type === "started") started.push(jobId);
    });
    await engine.actOnJobs(
      "letters",
      "remove",
      ids.toReversed().map((id) => ({ id })),
      { receipt: "r", hold: HOLD },
    );
    engine.addWorker({ queues: ["letters"], process: () => null });
    await engine.releaseHeld("letters", "hold", 5);
    await clock.advance(100);
    expect(started).toEqual(ids);
  });

  it("makes no id anew that it holds", async () => {
    const { engine } = set(2);
    await engine.holdWaiting("letters", HOLD, { includeDelayed: false });
    engine.defineQueue("letters");
    expect(engine.add("letters", "send", {})).toBe("3");
    expect(engine.add("letters", "send", {}, { id: "2" })).toBe("2");
    expect((await engine.queue("letters")).counts.waiting).toBe(1);
  });

  it("tells of each job that vanishes, and again of those that are purged", async () => {
    const { engine, ids } = set(2);
    const removed: (string | null)[] = [];
    engine.subscribe(({ type, jobId }) => {
      if (type === "removed") removed.push(jobId);
    });
    await engine.holdWaiting("letters", HOLD, { includeDelayed: false });
    expect(removed).toEqual(ids);
    await engine.releaseHeld("letters", "hold", 1);
    await engine.purgeHeld("letters", "hold", 1);
    expect(removed).toEqual([...ids, "2"]);
  });

  it("keeps its beginning, and the end it was given last", async () => {
    const { clock, engine } = set(1);
    await engine.holdWaiting("letters", HOLD, { includeDelayed: false });
    engine.add("letters", "send", {});
    await clock.advance(1000);
    await engine.holdWaiting("letters", { ...HOLD, until: START + 5 }, { includeDelayed: false });
    expect(await engine.holds()).toEqual([
      { id: "hold", queue: "letters", count: 2, heldAt: START, until: START + 5 },
    ]);
  });

  it("is gone with everything else when another scenario is loaded", async () => {
    const { engine } = set(1);
    await engine.holdWaiting("letters", HOLD, { includeDelayed: false });
    engine.loadScenario("healthy");
    expect(await engine.holds()).toEqual([]);
  });
});
