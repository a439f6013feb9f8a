import type { ActiveJobRef, WorkerRecord } from "@spillway/engine";
import { type Agent, isBeating } from "./agents.ts";
import type { WorkerConnection } from "./client-list.ts";
import type { ActiveJob } from "./queue-picture.ts";
import { ACTIVE_SAMPLE } from "./scripts/queue-summary.ts";
import { activeRef, holderOf } from "./workers.ts";

/** Beyond this age what a worker said it runs is what is known; before it, the locks in Redis know better. */
const FRESH_MS = 15_000;

type ActiveByQueue = ReadonlyMap<string, readonly ActiveJob[]>;

/** Workers as they describe themselves. Agents of one group, one per queue, are one worker. */
export function agentWorkers(agents: readonly Agent[], active: ActiveByQueue, now: number): WorkerRecord[] {
  const groups = [...Map.groupBy(agents, ({ report }) => report.group)].sort(([a], [b]) => (a < b ? -1 : 1));
  return groups.map(([group, all]) => {
    const running = all.filter(({ report }) => !report.stopped);
    const members = running.length > 0 ? running : all;
    const told = members.map(({ report }) => report);
    const heartbeatAt = Math.max(...members.map((member) => member.heartbeatAt));
    return {
      id: group,
      name: told[0]?.name ?? null,
      host: told[0]?.host ?? null,
      pid: told[0]?.pid ?? null,
      queues: [...new Set(members.map(({ queue }) => queue))].sort(),
      concurrency: told.reduce((sum, { concurrency }) => sum + concurrency, 0),
      concurrencyByQueue: Object.fromEntries(members.map(({ queue, report }) => [queue, report.concurrency])),
      activeJobs: running.flatMap((member) => jobsOf(member, active.get(member.queue) ?? [], now)),
      startedAt: Math.min(...members.map((member) => member.heartbeatAt - member.report.uptimeMs)),
      heartbeatAt,
      stoppedAt: running.length > 0 ? null : heartbeatAt,
      source: "agent",
      version: told.find(({ version }) => version !== null)?.version ?? null,
    };
  });
}

function jobsOf(
  { queue, report, heartbeatAt }: Agent,
  active: readonly ActiveJob[],
  now: number,
): ActiveJobRef[] {
  const locked = active
    .filter(({ lock }) => lock !== null && holderOf(lock) === report.worker)
    .map((job) => activeRef({ ...job, queue }));
  const isComplete = active.length < ACTIVE_SAMPLE;
  if (isComplete && now - heartbeatAt <= FRESH_MS) return locked;
  const known = new Set(locked.map(({ jobId }) => jobId));
  const told = (report.jobs ?? []).filter(({ id }) => !known.has(id));
  return [...locked, ...told.map(({ id, task, startedAt }) => ({ queue, jobId: id, task, startedAt }))];
}

/** Jobs that no agent's worker holds. */
export function withoutAgents(active: ActiveByQueue, agents: readonly Agent[]): Map<string, ActiveJob[]> {
  const known = new Set(agents.map(({ report }) => report.worker));
  const others = ({ lock }: ActiveJob) => lock === null || !known.has(holderOf(lock));
  return new Map([...active].map(([queue, jobs]) => [queue, jobs.filter(others)]));
}

/**
 * The connections that beating agents speak for. A connection tells its worker's name and age but not its id, so of
 * several that could be meant the one of the nearest age is.
 */
export function spokenFor(
  connections: readonly WorkerConnection[],
  agents: readonly Agent[],
  now: number,
): Map<WorkerConnection, Agent> {
  const spoken = new Map<WorkerConnection, Agent>();
  const alike = Map.groupBy(connections, ({ queue, workerName }) => likeness(queue, workerName));
  for (const agent of agents.filter((one) => isBeating(one, now))) {
    const uptime = now - agent.heartbeatAt + agent.report.uptimeMs;
    let nearest: WorkerConnection | null = null;
    let least = Number.POSITIVE_INFINITY;
    for (const connection of alike.get(likeness(agent.queue, agent.report.connectionName)) ?? []) {
      const distance = Math.abs((connection.ageS ?? 0) * 1_000 - uptime);
      if (spoken.has(connection) || distance >= least) continue;
      nearest = connection;
      least = distance;
    }
    if (nearest !== null) spoken.set(nearest, agent);
  }
  return spoken;
}

/**
 * An agent may be attached to some queues of a worker only. What connects for the others by the same name from the same
 * host is that worker too; of several the one of the nearest age. How many slots it has in all is then unknown.
 */
export function joinUnspoken(
  told: readonly WorkerRecord[],
  others: readonly WorkerRecord[],
  spoken: ReadonlyMap<WorkerConnection, Agent>,
): WorkerRecord[] {
  const hosts = Map.groupBy(spoken, ([, { report }]) => report.group);
  const workers = new Map(told.map((worker) => [worker.id, worker]));
  const alone: WorkerRecord[] = [];
  for (const other of others) {
    const same = workers.values().filter((worker) => {
      const places = hosts.get(worker.id)?.map(([{ host, workerName }]) => `${host} ${workerName}`) ?? [];
      const isThere = other.name !== null && places.includes(`${other.host} ${other.name}`);
      return isThere && !worker.queues.some((queue) => other.queues.includes(queue));
    });
    const age = ({ startedAt }: WorkerRecord) => Math.abs((startedAt ?? 0) - (other.startedAt ?? 0));
    const [whole] = same.toArray().sort((a, b) => age(a) - age(b));
    if (whole === undefined || other.source !== "connection") alone.push(other);
    else workers.set(whole.id, joined(whole, other));
  }
  return [...workers.values(), ...alone];
}

function joined(worker: WorkerRecord, other: WorkerRecord): WorkerRecord {
  const queues = [...worker.queues, ...other.queues].sort();
  return {
    ...worker,
    queues,
    concurrency: null,
    activeJobs: [...worker.activeJobs, ...other.activeJobs],
  };
}

/** A queue's name holds no colon. */
function likeness(queue: string, workerName: string | null): string {
  return workerName === null ? queue : `${queue}:${workerName}`;
}
