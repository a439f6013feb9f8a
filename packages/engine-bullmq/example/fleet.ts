import { attachSpillway } from "@spillway/worker-agent";
import { FlowProducer, Queue, Worker } from "bullmq";
import { Redis } from "ioredis";
import {
  addFailures,
  addLongCharge,
  addReport,
  addSchedules,
  addTraffic,
  QUEUES,
  type Queues,
} from "./producers.ts";
import { pauseUntil, TASKS } from "./tasks.ts";

export interface FleetOptions {
  /** Of the Redis, e.g. `redis://127.0.0.1:6379`. */
  url: string;
  /** BullMQ's key prefix; default `bull`. */
  prefix?: string;
  /** Rounds of usual traffic per second; default 2. 0 adds only the schedules, the first failures and the long charge. */
  rate?: number;
  /** Attach Spillway's agent to all workers but those of `reports`; default false. */
  agent?: boolean;
}

/** Real workers and producers of a small shop. Dispose of it to stop them; what they left in Redis stays. */
export interface Fleet extends AsyncDisposable {
  readonly queues: Queues;
  readonly workers: readonly Worker[];
}

const CONCURRENCY = { billing: 4, emails: 5, webhooks: 5, reports: 2 } as const;
const LONG_CHARGE_EVERY_MS = 15_000;
const REPORT_EVERY_MS = 12_000;

/** Starts two named workers, each on all four queues, and lets traffic flow. */
export async function startFleet({
  url,
  prefix = "bull",
  rate = 2,
  agent = false,
}: FleetOptions): Promise<Fleet> {
  const redis = new Redis(url, { maxRetriesPerRequest: null });
  redis.on("error", () => {});
  const stop = new AbortController();
  const queue = (name: string) => quiet(new Queue(name, { connection: redis, prefix }));
  const queues: Queues = {
    billing: queue("billing"),
    emails: queue("emails"),
    webhooks: queue("webhooks"),
    reports: queue("reports"),
  };
  const flows = quiet(new FlowProducer({ connection: redis, prefix }));
  const workers = ["shop-worker-1", "shop-worker-2"].flatMap((name) =>
    QUEUES.map((queueName) => {
      const worker = startWorker({ name, queueName, url, prefix, signal: stop.signal });
      if (agent && queueName !== "reports") attachSpillway(worker, { version: "2.14.0" });
      return worker;
    }),
  );
  await Promise.all(workers.map((worker) => worker.waitUntilReady()));
  await addSchedules(queues);
  await addFailures(queues);
  await addLongCharge(queues);
  const timers = [
    repeat(LONG_CHARGE_EVERY_MS, () => addLongCharge(queues)),
    ...(rate > 0
      ? [repeat(1_000 / rate, () => addTraffic(queues)), repeat(REPORT_EVERY_MS, () => addReport(flows))]
      : []),
  ];
  if (rate > 0) await addReport(flows);
  return {
    queues,
    workers,
    async [Symbol.asyncDispose]() {
      for (const timer of timers) clearInterval(timer);
      stop.abort();
      await Promise.all(workers.map((worker) => worker.close()));
      await flows.close();
      await Promise.all(Object.values(queues).map((each) => each.close()));
      redis.disconnect();
    },
  };
}

interface WorkerPlace {
  name: string;
  queueName: (typeof QUEUES)[number];
  url: string;
  prefix: string;
  signal: AbortSignal;
}

function startWorker({ name, queueName, url, prefix, signal }: WorkerPlace): Worker {
  const worker = new Worker(
    queueName,
    async (job, _token, cancelled) => {
      const task = TASKS[job.name];
      if (task === undefined) throw new Error(`No task is called ${job.name}`);
      return task(job, pauseUntil(cancelled === undefined ? signal : AbortSignal.any([signal, cancelled])));
    },
    { connection: connectionOf(url), prefix, name, concurrency: CONCURRENCY[queueName] },
  );
  return quiet(worker);
}

function connectionOf(url: string) {
  const { hostname, port, username, password, pathname, protocol } = new URL(url);
  return {
    host: hostname,
    port: Number(port || 6379),
    ...(username !== "" && { username: decodeURIComponent(username) }),
    ...(password !== "" && { password: decodeURIComponent(password) }),
    db: Number(pathname.slice(1) || 0),
    ...(protocol === "rediss:" && { tls: {} }),
  };
}

/** A fleet outlives a Redis that goes away for a moment. */
function quiet<T extends { on(event: "error", listener: () => void): unknown }>(source: T): T {
  source.on("error", () => {});
  return source;
}

function repeat(ms: number, add: () => Promise<void>): NodeJS.Timeout {
  return setInterval(() => void add().catch(() => {}), ms);
}
