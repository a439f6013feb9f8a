import { startTurnCounter } from "@spillway/testkit/node";
import { describe, expect, it } from "vitest";
import { createWorld, withoutRedis } from "../test/world.ts";
import { createBullmqEngine } from "./engine.ts";

describe.skipIf(withoutRedis)("a snapshot", () => {
  it("asks Redis once, of 50 queues and their workers as of one", async () => {
    await using world = await createWorld();
    const names = Array.from({ length: 50 }, (_, i) => `queue-${String(i).padStart(2, "0")}`);
    for (const [i, name] of names.entries())
      await world.queue(name).addBulk(Array.from({ length: i }, () => ({ name: "task", data: {} })));
    for (const queues of [names.slice(0, 1), names]) {
      await using relay = await startTurnCounter(world.server.port);
      await using engine = createBullmqEngine({ url: `redis://127.0.0.1:${relay.port}`, queues });
      // The first one also brings the scripts.
      await engine.snapshot();
      relay.reset();
      const { queues: shown, workers } = await engine.snapshot();
      expect(relay.turnsOf("LIST")).toEqual([1]);
      expect(shown.map(({ counts }) => counts.waiting)).toEqual(queues.map((_, i) => i));
      expect(workers).toEqual([]);
    }
  });
});
