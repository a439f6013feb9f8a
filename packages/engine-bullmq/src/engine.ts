import type { Clock, EngineInfo, QueueEngine } from "@spillway/engine";
import { createRedisTime } from "./agents.ts";
import { BoundedMap } from "./bounded-map.ts";
import { cancelJob } from "./cancel.ts";
import { bullmqCapabilities, createAgentsSeen } from "./capabilities.ts";
import { systemClock } from "./clock.ts";
import { openConnection } from "./connection.ts";
import { readJob, readLogs } from "./detail.ts";
import { createDiscovery } from "./discovery.ts";
import type { EngineParts } from "./engine-parts.ts";
import { createEventsReader } from "./events-reader.ts";
import { createFailedRules } from "./failed-rules.ts";
import { heldIds, holdWaiting, listHolds, purgeHeld, releaseHeld } from "./holds.ts";
import { promoteJob, removeJob, retryJob } from "./job-writes.ts";
import { DEFAULT_PREFIX } from "./keys.ts";
import { findJob, jobsById, listJobs } from "./lists.ts";
import { actOnJobs } from "./many.ts";
import { setPaused } from "./queue-writes.ts";
import { redisName } from "./redis-address.ts";
import { scanJobs } from "./scan.ts";
import { cannotPauseSchedule, listSchedules, removeSchedule, runSchedule } from "./schedules.ts";
import { oneQueue, takeSnapshot } from "./snapshot.ts";
import { createWorkerIds } from "./worker-ids.ts";

const LISTS_REMEMBERED = 1_000;

export interface BullmqEngineOptions {
  /** `redis://[user:password@]host[:port][/db]`; by sentinels or in a cluster, see {@link parseRedisAddress}. */
  url: string;
  /** BullMQ's key prefix; default `bull`. */
  prefix?: string;
  /** The queues to look after; without it they are discovered. */
  queues?: string[];
  clock?: Clock;
  /** What people call this Redis; default `Redis at host:port/db`. Must hold no credentials. */
  name?: string;
}

/**
 * BullMQ on Redis as a {@link QueueEngine}. Needs no Redis to be created: calls fail at once with `unavailable` while
 * it is away and work again by themselves. Opens two connections: one for calls, one that reads the event streams.
 */
export function createBullmqEngine(options: BullmqEngineOptions): QueueEngine {
  const { url, prefix = DEFAULT_PREFIX, clock = systemClock } = options;
  const name = options.name ?? redisName(url);
  const connection = openConnection({ url, prefix, name, connectionName: "spillway" });
  const eventsConnection = openConnection({ url, prefix, name, connectionName: "spillway:events" });
  const discovery = createDiscovery(connection, { prefix, queues: options.queues, clock });
  const redisTime = createRedisTime();
  const queues = () => discovery.known();
  const events = createEventsReader(eventsConnection, { prefix, clock, redisTime, queues });
  const agentsSeen = createAgentsSeen();
  const workerIds = createWorkerIds();
  const parts: EngineParts = {
    connection,
    discovery,
    events,
    prefix,
    clock,
    redisTime,
    agentsSeen,
    lastFound: new BoundedMap(LISTS_REMEMBERED),
    workerIds,
    failedRules: createFailedRules(),
  };
  const info: EngineInfo = {
    kind: "bullmq",
    name,
    get version() {
      return connection.version();
    },
  };

  return {
    info,
    capabilities: bullmqCapabilities(agentsSeen),
    async ping({ signal } = {}) {
      await connection.read((redis) => redis.ping(), signal);
    },
    snapshot: ({ signal } = {}) => takeSnapshot(parts, signal),
    queue: (queue, { signal } = {}) => oneQueue(parts, queue, signal),
    listJobs: (queue, state, list) => listJobs(parts, queue, state, list),
    jobsById: (queue, ids, { signal } = {}) => jobsById(parts, queue, ids, signal),
    scan: (queue, scan) => scanJobs(parts, queue, scan),
    job: (queue, jobId, { signal } = {}) => readJob(parts, queue, jobId, signal),
    jobLogs: (queue, jobId, logs) => readLogs(parts, queue, jobId, logs),
    findJob: (jobId, { signal } = {}) => findJob(parts, jobId, signal),
    schedules: (queue, { signal } = {}) => listSchedules(parts, queue, signal),
    pauseQueue: (queue) => setPaused(parts, queue, true),
    resumeQueue: (queue) => setPaused(parts, queue, false),
    actOnJobs: (queue, action, targets, many) => actOnJobs(parts, queue, action, targets, many),
    holdWaiting: (queue, hold, which) => holdWaiting(parts, queue, hold, which),
    holds: ({ signal } = {}) => listHolds(parts, signal),
    heldIds: (queue, holdId, options) => heldIds(parts, queue, holdId, options),
    releaseHeld: (queue, holdId, limit) => releaseHeld(parts, queue, holdId, limit),
    purgeHeld: (queue, holdId, limit) => purgeHeld(parts, queue, holdId, limit),
    retryJob: (queue, jobId, retry) => retryJob(parts, queue, jobId, retry),
    cancelJob: (queue, jobId, write) => cancelJob(parts, queue, jobId, write),
    removeJob: (queue, jobId, write) => removeJob(parts, queue, jobId, write),
    promoteJob: (queue, jobId, write) => promoteJob(parts, queue, jobId, write),
    pauseSchedule: () => Promise.reject(cannotPauseSchedule()),
    resumeSchedule: () => Promise.reject(cannotPauseSchedule()),
    runSchedule: (queue, scheduleId) => runSchedule(parts, queue, scheduleId),
    removeSchedule: (queue, scheduleId) => removeSchedule(parts, queue, scheduleId),
    subscribe: (listener) => events.subscribe(listener),
    async [Symbol.asyncDispose]() {
      events[Symbol.dispose]();
      discovery[Symbol.dispose]();
      await connection[Symbol.asyncDispose]();
      await eventsConnection[Symbol.asyncDispose]();
    },
  };
}
