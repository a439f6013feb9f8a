import type { World } from "../world.ts";
import { discard, pauseQueue, resumeQueue } from "../writes.ts";
import { liveOrdinarily } from "./ordinary-life.ts";
import { indexing, webhook } from "./payloads.ts";
import type { Scenario } from "./scenario.ts";

/** What somebody does who thinks that nobody needs them: not by way of this console, and not to be undone there. */
function deleteWaiting(world: World, queue: string): number {
  const store = world.store(queue);
  const { waiting } = store.index;
  const doomed = waiting.slice(0, waiting.size);
  for (const { value } of doomed) discard(world, store, value);
  return doomed.length;
}

/** The mistake is made while one watches. Minutes from the start. */
const MISTAKE_AFTER = 0.25;

export const wrongDrain: Scenario = {
  name: "wrong-drain",
  description:
    "Stale jobs of search-index were to be deleted, but a quarter of a minute in, somebody deletes those of webhooks.",
  queues: ["webhooks", "search-index"],
  begin: (stage) => {
    liveOrdinarily(stage);
    const { world } = stage;
    stage.minutesAgo(14, () => {
      pauseQueue(world, "webhooks");
      pauseQueue(world, "search-index");
    });
    stage.minutesAgo(13, () => {
      for (let each = 0; each < 2400; each += 1)
        stage.add({ queue: "search-index", task: "index.update", payload: indexing(stage.random) });
    });
    const lost: number[] = [];
    stage.traffic({
      queue: "webhooks",
      task: "webhook.deliver",
      perMin: 140,
      job: (random) => ({ payload: webhook(random), options: { attempts: 4 } }),
    });
    stage.minutesAgo(-MISTAKE_AFTER, () => lost.push(deleteWaiting(world, "webhooks")));
    stage.onFix(() => {
      const count = lost.reduce((sum, each) => sum + each, 0);
      for (let each = 0; each < count; each += 1)
        stage.add({ queue: "webhooks", task: "webhook.deliver", payload: webhook(stage.random) });
      resumeQueue(world, "webhooks");
    });
  },
};
