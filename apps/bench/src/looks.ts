import { setTimeout as sleep } from "node:timers/promises";
import { summaryOf, type Waits } from "./waits.ts";

const PAUSE_MS = 50;

/** Somebody who looks all the time; `stop` tells how long each look took, ms. */
export function keepLooking(look: () => Promise<void>): { stop(): Promise<Waits> } {
  let isOn = true;
  const took: number[] = [];
  const looking = (async () => {
    while (isOn) {
      const from = performance.now();
      await look();
      took.push(performance.now() - from);
      await sleep(PAUSE_MS);
    }
  })();
  return {
    async stop() {
      isOn = false;
      await looking;
      return summaryOf(took);
    },
  };
}
