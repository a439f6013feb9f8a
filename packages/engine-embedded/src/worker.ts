import type { WorkerRecord } from "@spillway/engine";
import type { Processor, Run, Simulation } from "./run.ts";

export interface WorkerOptions {
  id?: string;
  name?: string;
  host?: string;
  pid?: number;
  version?: string;
  queues: readonly string[];
  /** Jobs at once; default 1. */
  concurrency?: number;
  /** Does the work for real… */
  process?: Processor;
  /** …or pretends to, in the engine's time. */
  simulate?: Simulation;
}

/** A worker as the engine keeps it. */
export interface Worker {
  readonly id: string;
  readonly name: string | null;
  readonly host: string | null;
  readonly pid: number | null;
  readonly version: string | null;
  readonly queues: readonly string[];
  readonly concurrency: number;
  readonly process: Processor | null;
  readonly simulate: Simulation | null;
  readonly startedAt: number;
  readonly runs: Set<Run>;
  /** Takes no new jobs. */
  leaving: boolean;
  stoppedAt: number | null;
  /** When it fell silent without a goodbye. */
  lostAt: number | null;
  readonly onStopped: (() => void)[];
}

/** How often a worker says that it lives. */
export const HEARTBEAT_MS = 5000;

/** The last multiple of the heartbeat's period that the worker lived to see. */
export function heartbeatAt(worker: Worker, now: number): number {
  const seen = worker.lostAt ?? worker.stoppedAt ?? now;
  return worker.startedAt + Math.floor((seen - worker.startedAt) / HEARTBEAT_MS) * HEARTBEAT_MS;
}

export const isAlive = (worker: Worker): boolean => worker.lostAt === null && worker.stoppedAt === null;

export const hasRoom = (worker: Worker): boolean =>
  !worker.leaving && isAlive(worker) && worker.runs.size < worker.concurrency;

export function toWorkerRecord(worker: Worker, now: number): WorkerRecord {
  return {
    id: worker.id,
    name: worker.name,
    host: worker.host,
    pid: worker.pid,
    queues: [...worker.queues],
    concurrency: worker.concurrency,
    concurrencyByQueue: null,
    activeJobs: [...worker.runs].map(({ job, startedAt }) => ({
      queue: job.queue,
      jobId: job.id,
      task: job.task,
      startedAt,
    })),
    startedAt: worker.startedAt,
    heartbeatAt: heartbeatAt(worker, now),
    stoppedAt: worker.stoppedAt,
    source: "engine",
    version: worker.version,
  };
}
