import { behaveOrdinarily } from "./ordinary-behaviour.ts";
import { ORDINARY_SCHEDULES } from "./ordinary-schedules.ts";
import { startOrdinaryTraffic } from "./ordinary-traffic.ts";
import { naming, type Stage } from "./stage.ts";

/** The version that runs everywhere before anything happens. */
export const STEADY_VERSION = "2.13.4";

/** What can differ from the ordinary before a fault begins. Jobs per minute; slots per worker. */
export interface Ordinary {
  chargesPerMin?: number;
  mailsPerMin?: number;
  billingSlots?: number;
  mailSlots?: number;
}

function defineQueues(stage: Stage, slots: Ordinary): void {
  stage.queue("billing", 481_001);
  stage.queue("emails", 902_001);
  stage.queue("webhooks", 1_377_001);
  stage.queue("reports", 60_401, { lockMs: 120_000 });
  stage.queue("search-index", 233_001);
  const fleet: [queue: string, hosts: number[], slots: number][] = [
    ["billing", [1, 2, 3, 4], slots.billingSlots ?? 4],
    ["emails", [5, 6, 7], slots.mailSlots ?? 2],
    ["webhooks", [8, 9], 2],
    ["reports", [10, 11], 1],
    ["search-index", [12], 2],
  ];
  for (const [queue, hosts, concurrency] of fleet) {
    for (const number of hosts) {
      const host = `host-${number}`;
      const pid = 1200 + number * 37;
      stage.worker({
        host,
        pid,
        queues: [queue],
        concurrency,
        version: STEADY_VERSION,
        ...naming(host, queue, pid),
      });
    }
  }
}

/** Queues, workers, traffic and schedules as they are when nothing is wrong. */
export function liveOrdinarily(stage: Stage, different: Ordinary = {}): void {
  behaveOrdinarily(stage);
  defineQueues(stage, different);
  startOrdinaryTraffic(stage, different);
  for (const { queue, ...schedule } of ORDINARY_SCHEDULES) stage.schedule(queue, schedule);
}
