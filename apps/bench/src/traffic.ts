import { setTimeout as sleep } from "node:timers/promises";
import type { Redis } from "ioredis";

const STEP_MS = 100;
/** Each has ids of its own. */
let traffics = 0;

/** Jobs that come while somebody looks. */
export interface Traffic {
  /** How many commands it sent to Redis so far. */
  sent(): number;
  stop(): Promise<void>;
}

/** Adds `perSecond` jobs to these queues, one after the other, so that there is something to tell all the time. */
export function startTraffic(redis: Redis, names: readonly string[], perSecond: number): Traffic {
  let isOn = true;
  let added = 0;
  let sent = 0;
  traffics++;
  const run = traffics;
  const running = (async () => {
    const began = performance.now();
    while (isOn) {
      const due = Math.floor(((performance.now() - began) / 1_000) * perSecond);
      const pipeline = redis.pipeline();
      for (; added < due; added++) {
        const base = `bull:${names[added % names.length]}:`;
        const id = `t${run}-${added}`;
        const fields = {
          name: "invoice.charge",
          data: "{}",
          opts: "{}",
          timestamp: Date.now(),
          delay: 0,
          priority: 0,
        };
        pipeline.hset(base + id, fields).lpush(`${base}wait`, id);
        pipeline.xadd(`${base}events`, "*", "event", "added", "jobId", id, "name", "invoice.charge");
        pipeline.xadd(`${base}events`, "*", "event", "waiting", "jobId", id);
      }
      sent += pipeline.length;
      if (pipeline.length > 0) await pipeline.exec();
      await sleep(STEP_MS);
    }
  })();
  return {
    sent: () => sent,
    async stop() {
      isOn = false;
      await running;
    },
  };
}
