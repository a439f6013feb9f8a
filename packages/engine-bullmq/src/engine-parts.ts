import type { Clock } from "@spillway/engine";
import type { Redis } from "ioredis";
import type { RedisTime } from "./agents.ts";
import type { BoundedMap } from "./bounded-map.ts";
import type { AgentsSeen } from "./capabilities.ts";
import type { Connection } from "./connection.ts";
import type { Discovery } from "./discovery.ts";
import type { EventsReader } from "./events-reader.ts";
import type { FailedRules } from "./failed-rules.ts";
import type { WorkerIds } from "./worker-ids.ts";

/** What every ability of the engine stands on. */
export interface EngineParts {
  connection: Connection;
  discovery: Discovery;
  events: EventsReader;
  prefix: string;
  clock: Clock;
  redisTime: RedisTime;
  agentsSeen: AgentsSeen;
  /** In which part of a list jobs were found last, by its key; see locate.ts. */
  lastFound: BoundedMap<number>;
  workerIds: WorkerIds;
  failedRules: FailedRules;
}

/** Reads something of one queue, and asks in the same moment whether the queue exists: `queue_not_found` if not. */
export async function readQueue<T>(
  parts: EngineParts,
  queue: string,
  signal: AbortSignal | undefined,
  work: (redis: Redis) => Promise<T>,
): Promise<T> {
  const [reply] = await Promise.all([
    parts.connection.read(work, signal),
    parts.discovery.require(queue, signal),
  ]);
  return reply;
}
