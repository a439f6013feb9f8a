import { parseReport, type WorkerReport } from "@spillway/worker-agent/protocol";
import { number, text } from "./reply.ts";

/** An agent that said nothing for longer holds no request and hides no connection: whatever beats there is another. */
export const SILENT_AFTER_MS = 40_000;

/** A worker as its agent described it last. */
export interface Agent {
  queue: string;
  report: WorkerReport;
  /** By the engine's clock, epoch ms; when it said goodbye if it did. */
  heartbeatAt: number;
}

/** Translates times of Redis' clock into the engine's. Steady, so that a silent worker's heartbeat stays put. */
export type RedisTime = (redisAt: number, redisNow: number, now: number) => number;

const OFFSET_SLACK_MS = 250;

export function createRedisTime(): RedisTime {
  let offset: number | null = null;
  return (redisAt, redisNow, now) => {
    const measured = now - redisNow;
    if (offset === null || Math.abs(measured - offset) > OFFSET_SLACK_MS) offset = measured;
    return Math.min(now, redisAt + offset);
  };
}

/** Reads the agents in a reply of QUEUE_SUMMARY; what no agent would write is left out. */
export function readAgents(
  queue: string,
  reply: readonly unknown[],
  toEngineTime: RedisTime,
  now: number,
): Agent[] {
  const redisNow = number(reply[0]);
  if (redisNow === null) return [];
  const agents: Agent[] = [];
  for (let i = 2; i < reply.length; i += 2) {
    const parsed = parseReport(text(reply[i]) ?? "");
    if (parsed === null || parsed.report.worker !== reply[i - 1]) continue;
    const heartbeatAt = toEngineTime(parsed.beatAt, redisNow, now);
    agents.push({ queue, report: parsed.report, heartbeatAt });
  }
  return agents;
}

export function isBeating({ report, heartbeatAt }: Agent, now: number): boolean {
  return !report.stopped && now - heartbeatAt <= SILENT_AFTER_MS;
}
