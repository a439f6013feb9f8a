import { describe, expect } from "vitest";
import type { EngineEvent } from "../records.ts";
import { type Behaviour, ran, reach } from "./behaviour.ts";
import type { Harness } from "./harness.ts";

/** Everything the engine tells from now on. Lets the subscription take hold before it resolves. */
async function listen(harness: Harness): Promise<{ events: EngineEvent[]; stop: () => void }> {
  const events: EngineEvent[] = [];
  const stop = harness.engine.subscribe((event) => events.push(event));
  await harness.pass(500);
  return { events, stop };
}

const heard = (harness: Harness, events: EngineEvent[], type: EngineEvent["type"], jobId: string | null) =>
  harness.settle(
    async () => events.some((event) => event.type === type && event.jobId === jobId),
    `${type} of ${jobId} is heard`,
  );

export function describeEvents(behaviour: Behaviour): void {
  describe("events", () => {
    behaviour("tell of a job's start and completion, in order", async (harness) => {
      await harness.createQueue("letters");
      const { events } = await listen(harness);
      const { id } = await ran(harness, "letters", { task: "ok" }, "completed");
      await heard(harness, events, "completed", id);
      const mine = events
        .filter(({ jobId, queue }) => jobId === id && queue === "letters")
        .map(({ type }) => type);
      expect(mine).toEqual(["started", "completed"]);
    });

    behaviour("tell of a failure for good once, however many attempts it took", async (harness) => {
      await harness.createQueue("letters");
      const { events } = await listen(harness);
      const { id } = await ran(harness, "letters", { task: "fail", attempts: 2, backoffMs: 10 }, "failed");
      await heard(harness, events, "failed", id);
      await harness.pass(200);
      expect(events.filter(({ type }) => type === "failed")).toHaveLength(1);
    });

    behaviour("tell of pausing and resuming", async (harness) => {
      await harness.createQueue("letters");
      const { events } = await listen(harness);
      await harness.engine.pauseQueue("letters");
      await harness.engine.resumeQueue("letters");
      await heard(harness, events, "resumed", null);
      const types = events.filter(({ queue }) => queue === "letters").map(({ type }) => type);
      expect(types).toEqual(["paused", "resumed"]);
    });

    behaviour("tell of a removal", async (harness) => {
      const id = await harness.add("letters", { task: "ok" });
      const { events } = await listen(harness);
      await harness.engine.removeJob("letters", id);
      await heard(harness, events, "removed", id);
    });

    behaviour("carry times of the engine's clock", async (harness) => {
      const id = await harness.add("letters", { task: "ok" });
      const { events } = await listen(harness);
      const before = harness.now();
      await harness.process("letters");
      await reach(harness, "letters", id, "completed");
      await heard(harness, events, "completed", id);
      for (const { at } of events) expect(at).toBeGreaterThanOrEqual(before - 1000);
    });

    behaviour("are told to every listener, until it stops listening", async (harness) => {
      await harness.createQueue("letters");
      const one = await listen(harness);
      const other = await listen(harness);
      await harness.engine.pauseQueue("letters");
      await heard(harness, one.events, "paused", null);
      await heard(harness, other.events, "paused", null);
      one.stop();
      await harness.engine.resumeQueue("letters");
      await heard(harness, other.events, "resumed", null);
      expect(one.events.some(({ type }) => type === "resumed")).toBe(false);
    });
  });
}
