import type { ActiveJobRef, WorkerRecord } from "@spillway/engine";
import type { WorkerConnection } from "./client-list.ts";
import type { ActiveJob } from "./queue-picture.ts";

/** BullMQ's default; a lock is renewed at half of it. */
const LOCK_DURATION_MS = 30_000;

interface Group {
  connections: WorkerConnection[];
}

/**
 * Workers as their connections show them. Connections of one name from one host, one per queue, are one worker;
 * a second connection of that name to the same queue is another one. An active job goes to a worker only if no
 * other could have it: an unnamed worker leaves no name, and its lock holds an id that Redis tells nowhere else.
 */
export function workersOf(
  connections: readonly WorkerConnection[],
  active: ReadonlyMap<string, readonly ActiveJob[]>,
  now: number,
): WorkerRecord[] {
  const groups = group(connections);
  const jobsOf = assign(groups, active);
  const records = groups.map((one) => record(one, jobsOf.get(one) ?? [], now));
  return [...records, ...lostHolders(connections, active, now)];
}

function group(connections: readonly WorkerConnection[]): Group[] {
  const groups = new Map<string, Group>();
  for (const connection of [...connections].sort((a, b) => a.id - b.id)) {
    const { workerName, host, queue, address } = connection;
    let key = `unnamed ${address}`;
    for (let nth = 0; workerName !== null; nth += 1) {
      key = `${nth} ${host} ${workerName}`;
      if (!groups.get(key)?.connections.some((other) => other.queue === queue)) break;
    }
    const found = groups.get(key);
    if (found) found.connections.push(connection);
    else groups.set(key, { connections: [connection] });
  }
  return [...groups.values()];
}

type HeldJob = ActiveJob & { queue: string };

function assign(
  groups: readonly Group[],
  active: ReadonlyMap<string, readonly ActiveJob[]>,
): Map<Group, HeldJob[]> {
  const result = new Map<Group, HeldJob[]>();
  for (const [queue, jobs] of active) {
    for (const job of jobs) {
      const able = groups.filter((one) =>
        one.connections.some((c) => c.queue === queue && c.workerName === job.worker),
      );
      const [only] = able;
      if (only === undefined || able.length > 1) continue;
      result.set(only, [...(result.get(only) ?? []), { ...job, queue }]);
    }
  }
  return result;
}

function record({ connections }: Group, jobs: readonly HeldJob[], now: number): WorkerRecord {
  const [first] = connections;
  const ages = connections.flatMap((c) => (c.ageS === null ? [] : [c.ageS]));
  const beats = [
    ...connections.flatMap((c) => (c.idleS === null ? [] : [now - c.idleS * 1_000])),
    // While all its slots are busy a worker's connection is silent, but it renews the locks of its jobs.
    ...jobs.flatMap((job) => (job.lock === null ? [] : [renewedAt(job, now)])),
  ];
  return {
    id: first === undefined ? "" : workerId(first),
    name: first?.workerName ?? null,
    host: first?.host ?? null,
    pid: null,
    queues: [...new Set(connections.map((c) => c.queue))].sort(),
    concurrency: null,
    concurrencyByQueue: null,
    activeJobs: jobs.map(activeRef),
    startedAt: ages.length === 0 ? null : now - Math.max(...ages) * 1_000,
    heartbeatAt: beats.length === 0 ? null : Math.max(...beats),
    stoppedAt: null,
    source: "connection",
    version: null,
  };
}

function workerId(connection: WorkerConnection): string {
  return connection.workerName === null
    ? connection.address
    : `${connection.workerName}@${connection.host}#${connection.id}`;
}

/** Jobs held by a lock in queues to which no worker is connected: whoever took them is gone or invisible. */
function lostHolders(
  connections: readonly WorkerConnection[],
  active: ReadonlyMap<string, readonly ActiveJob[]>,
  now: number,
): WorkerRecord[] {
  const served = new Set(connections.map((connection) => connection.queue));
  const held = [...active].flatMap(([queue, jobs]) =>
    served.has(queue) ? [] : jobs.flatMap((job) => (job.lock === null ? [] : [{ ...job, queue }])),
  );
  const byHolder = Map.groupBy(held, (job) => job.worker ?? holderOf(job.lock ?? ""));
  return [...byHolder].map(([holder, jobs]) => ({
    id: `lock:${holder}`,
    name: jobs[0]?.worker ?? null,
    host: null,
    pid: null,
    queues: [...new Set(jobs.map((job) => job.queue))].sort(),
    concurrency: null,
    concurrencyByQueue: null,
    activeJobs: jobs.map(activeRef),
    startedAt: null,
    heartbeatAt: Math.max(...jobs.map((job) => renewedAt(job, now))),
    stoppedAt: null,
    source: "lock",
    version: null,
  }));
}

/** A lock's token is the worker's UUID, a colon and a counter. */
export function holderOf(lock: string): string {
  return lock.slice(0, Math.max(0, lock.indexOf(":"))) || lock;
}

function renewedAt(job: ActiveJob, now: number): number {
  return now - Math.max(0, LOCK_DURATION_MS - (job.lockLeftMs ?? 0));
}

export function activeRef(job: HeldJob): ActiveJobRef {
  return { queue: job.queue, jobId: job.id, task: job.task, startedAt: job.startedAt };
}
