import {
  type Capabilities,
  type Clock,
  EngineError,
  type EngineInfo,
  type EngineSnapshot,
  type QueueEngine,
  type ReadOptions,
} from "@spillway/engine";
import { Agenda } from "./agenda.ts";
import { commands } from "./commands.ts";
import type { JobOptions } from "./job.ts";
import { addJob } from "./lifecycle.ts";
import type { QueueOptions } from "./queue-store.ts";
import { createRandom } from "./random.ts";
import { type Ready, reads } from "./reads.ts";
import { findScenario, loadScenario, type Rehearsal } from "./scenarios/index.ts";
import { addSchedule, type ScheduleOptions } from "./schedules.ts";
import type { WorkerOptions } from "./worker.ts";
import { addWorker, loseWorker, stopWorker } from "./workers.ts";
import { World } from "./world.ts";

export interface EmbeddedEngineOptions {
  clock: Clock;
  /** One of `scenarioNames`; none: an empty engine. */
  scenario?: string;
  /** The same seed and clock give the same history. Default 1. */
  seed?: number;
  /** How fast a scenario's traffic arrives and is worked off; times stay true. Default 1. */
  speed?: number;
}

/** The port, and what a test or a rehearsal does to the system behind it. */
export interface EmbeddedEngine extends QueueEngine {
  /** The scenario that runs, or null. */
  readonly scenario: string | null;
  readonly speed: number;
  /** Creates a queue or changes its options. */
  defineQueue(name: string, options?: QueueOptions): void;
  /** Adds a job, creating the queue if need be; returns its id. A string payload is taken as the raw text. */
  add(queue: string, task: string, payload: unknown, options?: JobOptions): string;
  addSchedule(queue: string, options: ScheduleOptions): void;
  /** Starts a worker; returns its id. */
  addWorker(options: WorkerOptions): string;
  /** Lets it finish its jobs and say goodbye; resolves when it did. */
  stopWorker(workerId: string): Promise<void>;
  /** It is gone without a goodbye, as after a crash. */
  killWorker(workerId: string): void;
  /** Replaces everything by this scenario and its past half hour. Throws `refused` if there is none of this name. */
  loadScenario(name: string): void;
  /** A number above 0. */
  setSpeed(speed: number): void;
  /** Snapshots of the scenario's past half hour, every 10 s, oldest first; empty without a scenario. */
  readonly past: readonly EngineSnapshot[];
  /** Whether the scenario's fault was ended. */
  readonly fixed: boolean;
  /** Ends the scenario's fault, as a fix of its root cause would. */
  fix(): void;
}

const CAPABILITIES: Capabilities = {
  job_cancel_active: true,
  job_logs: true,
  attempt_history: true,
  schedule_pause: true,
  schedule_run: true,
  worker_heartbeat: true,
  flow_rates: true,
  hold: true,
};

const INFO: EngineInfo = { kind: "embedded", name: "Embedded engine", version: "0.1.0" };

/** A working queue system in this process, in memory. Deterministic for a given seed and clock. */
export function createEmbeddedEngine(options: EmbeddedEngineOptions): EmbeddedEngine {
  const agenda = new Agenda(options.clock);
  const world = new World(agenda);
  let rehearsal: Rehearsal | null = null;
  let speed = options.speed ?? 1;
  let closed = false;

  /** Every call begins here: nothing is read or written before what is due has happened. */
  const ready = (read?: ReadOptions): World => {
    read?.signal?.throwIfAborted();
    if (closed) throw new EngineError("unavailable", "The embedded engine is closed.", { cause: "down" });
    agenda.catchUp();
    return world;
  };
  const load = (name: string): void => {
    const scenario = findScenario(name);
    world.clear();
    rehearsal = loadScenario(world, scenario, createRandom(options.seed ?? 1), () => speed);
  };

  const engine: EmbeddedEngine = {
    info: INFO,
    capabilities: CAPABILITIES,
    get scenario() {
      return rehearsal?.name ?? null;
    },
    get speed() {
      return speed;
    },
    get past() {
      return rehearsal?.past ?? [];
    },
    get fixed() {
      return rehearsal?.fixed ?? false;
    },
    ...reads(ready),
    ...commands(ready),
    subscribe(listener) {
      world.listeners.add(listener);
      return () => world.listeners.delete(listener);
    },
    ...staging(ready),
    loadScenario: (name) => {
      ready();
      load(name);
    },
    setSpeed: (value) => {
      if (!(value > 0)) throw new EngineError("refused", "The speed must be above 0.");
      speed = value;
    },
    fix: () => {
      ready();
      rehearsal?.fix();
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      world.clear();
      agenda.close();
      world.listeners.clear();
    },
  };
  if (options.scenario !== undefined) load(options.scenario);
  return engine;
}

type Staging = Pick<
  EmbeddedEngine,
  "defineQueue" | "add" | "addSchedule" | "addWorker" | "stopWorker" | "killWorker"
>;

function staging(ready: Ready): Staging {
  return {
    defineQueue: (name, queue) => {
      ready().define(name, queue);
    },
    add: (queue, task, payload, options) =>
      addJob(ready(), { queue, task, payload, ...(options && { options }) }),
    addSchedule: (queue, schedule) => addSchedule(ready(), queue, schedule),
    addWorker: (worker) => addWorker(ready(), worker).id,
    async stopWorker(workerId) {
      const world = ready();
      const worker = world.workers.get(workerId);
      if (!worker || worker.stoppedAt !== null || worker.lostAt !== null) return;
      const stopped = new Promise<void>((resolve) => worker.onStopped.push(resolve));
      stopWorker(world, worker);
      await stopped;
    },
    killWorker: (workerId) => {
      const world = ready();
      const worker = world.workers.get(workerId);
      if (worker) loseWorker(world, worker);
    },
  };
}
