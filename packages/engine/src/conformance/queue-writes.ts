import { describe, expect } from "vitest";
import { type Behaviour, mustFind, queueOf, reach } from "./behaviour.ts";

export function describeQueueWrites(behaviour: Behaviour): void {
  describe("pausing", () => {
    behaviour("a paused queue starts nothing, and goes on when resumed", async (harness) => {
      await harness.createQueue("letters");
      await harness.engine.pauseQueue("letters");
      const id = await harness.add("letters", { task: "ok" });
      await harness.process("letters");
      await harness.pass(300);
      expect((await mustFind(harness, "letters", id)).state).toBe("waiting");
      expect((await harness.engine.queue("letters")).paused).toBe(true);
      await harness.engine.resumeQueue("letters");
      await reach(harness, "letters", id, "completed");
      expect((await harness.engine.queue("letters")).paused).toBe(false);
    });

    behaviour("active jobs finish in a paused queue", async (harness) => {
      const id = await harness.add("letters", { task: "slow" });
      await harness.process("letters");
      await reach(harness, "letters", id, "active");
      await harness.engine.pauseQueue("letters");
      harness.release();
      await reach(harness, "letters", id, "completed");
    });

    behaviour("pausing and resuming twice changes nothing", async (harness) => {
      await harness.add("letters", { task: "ok" });
      await harness.engine.pauseQueue("letters");
      await harness.engine.pauseQueue("letters");
      expect((await queueOf(harness, "letters")).paused).toBe(true);
      await harness.engine.resumeQueue("letters");
      await harness.engine.resumeQueue("letters");
      expect((await queueOf(harness, "letters")).paused).toBe(false);
    });

    behaviour("pausing one queue leaves the others alone", async (harness) => {
      await harness.createQueue("letters");
      const id = await harness.add("parcels", { task: "ok" });
      await harness.engine.pauseQueue("letters");
      await harness.process("parcels");
      await reach(harness, "parcels", id, "completed");
    });
  });
}
