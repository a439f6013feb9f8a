import type { NewJob } from "../job.ts";
import { addJob } from "../lifecycle.ts";
import type { QueueOptions } from "../queue-store.ts";
import type { Random } from "../random.ts";
import type { Plan, Simulation } from "../run.ts";
import { addSchedule, type ScheduleOptions } from "../schedules.ts";
import { isAlive, type Worker, type WorkerOptions } from "../worker.ts";
import { addWorker, loseWorker, recoverJobs, stopWorker } from "../workers.ts";
import type { World } from "../world.ts";

/** How much of its past a scenario has lived through when it is opened. */
export const HISTORY_MS = 30 * 60_000;
const MINUTE = 60_000;

/** A steady stream of one kind of job. */
export interface Traffic {
  queue: string;
  task: string;
  /** May change over time. */
  perMin: number | (() => number);
  job: (random: Random) => Pick<NewJob, "payload" | "options">;
}

/** How long a supervisor takes to start a crashed worker again. Ms. */
const RESTART_MS = 4000;
/** How often a stream that is turned off looks whether it is on again. Ms. */
const IDLE_CHECK_MS = 2000;

/** Where a scenario is played: queues, a fleet of workers, traffic and what becomes of each task. */
export class Stage {
  readonly world: World;
  readonly random: Random;
  /** Whether the fault's root cause was fixed. */
  fixed = false;
  /** The past is lived at speed 1; the present at the speed that was asked for. */
  #live = false;
  readonly #askedSpeed: () => number;
  readonly #behaviours = new Map<string, Simulation>();
  readonly #onFix: (() => void)[] = [];

  constructor(world: World, random: Random, speed: () => number) {
    this.world = world;
    this.random = random;
    this.#askedSpeed = speed;
  }

  get speed(): number {
    return this.#live ? this.#askedSpeed() : 1;
  }

  goLive(): void {
    this.#live = true;
  }

  fix(): void {
    if (this.fixed) return;
    this.fixed = true;
    for (const mend of this.#onFix) mend();
  }

  onFix(mend: () => void): void {
    this.#onFix.push(mend);
  }

  /** So long before the present; negative lies ahead. To be called while the scenario begins. */
  minutesAgo(minutes: number, act: () => void): void {
    this.world.agenda.at(this.world.agenda.now() + HISTORY_MS - minutes * MINUTE, act);
  }

  queue(name: string, firstId: number, options: QueueOptions = {}): void {
    this.world.define(name, { keepFailed: 20_000, ...options }).nextId = firstId;
  }

  add(job: NewJob): string {
    return addJob(this.world, job);
  }

  schedule(queue: string, options: ScheduleOptions): void {
    addSchedule(this.world, queue, options);
  }

  /** What becomes of each run of a task, from now on. */
  behave(task: string, simulation: Simulation): void {
    this.#behaviours.set(task, simulation);
  }

  behaviour(task: string): Simulation {
    return this.#behaviours.get(task) ?? (() => ({ ms: 100 }));
  }

  worker(options: Omit<WorkerOptions, "simulate" | "process">): void {
    const simulate: Simulation = (job, worker): Plan => {
      const plan = this.behaviour(job.task)(job, worker);
      const ms = plan.ms / this.speed;
      if (plan.crash) this.world.agenda.after(ms + RESTART_MS, () => this.#restart(worker));
      return { ...plan, ms };
    };
    addWorker(this.world, { ...options, simulate });
  }

  /** The worker of this host is gone without a word. */
  kill(host: string): void {
    for (const worker of this.#on(host)) loseWorker(this.world, worker);
  }

  /** A new process takes the place of each lost worker of this host; their jobs go back to waiting. */
  replace(host: string): void {
    for (const worker of this.world.workers.values()) {
      if (worker.host !== host || worker.lostAt === null) continue;
      recoverJobs(this.world, worker);
      this.#succeed(worker, worker.version);
    }
  }

  /** Replaces the living workers of a queue by ones of another version, one every few seconds. */
  deploy(queue: string, version: string): void {
    const old = [...this.world.workers.values()].filter(
      (each) => each.queues.includes(queue) && isAlive(each) && !each.leaving,
    );
    for (const [index, worker] of old.entries()) {
      this.world.agenda.after(index * 4000, () => {
        stopWorker(this.world, worker);
        this.#succeed(worker, version);
      });
    }
  }

  /** What a supervisor does when a process died. */
  #restart(worker: Readonly<Worker>): void {
    if (worker.lostAt !== null) this.#succeed(worker, worker.version);
  }

  #succeed({ host, queues, concurrency, pid: oldPid }: Readonly<Worker>, version: string | null): void {
    const pid = (oldPid ?? 1000) + 1709;
    const id = naming(host, queues[0] ?? "all", pid);
    if (this.world.workers.has(id.id)) return;
    this.worker({
      ...(host !== null && { host }),
      queues,
      concurrency,
      pid,
      ...(version !== null && { version }),
      ...id,
    });
  }

  #on(host: string): Worker[] {
    return [...this.world.workers.values()].filter((each) => each.host === host && isAlive(each));
  }

  traffic(stream: Traffic): void {
    const { agenda } = this.world;
    const perMin = (): number => (typeof stream.perMin === "number" ? stream.perMin : stream.perMin());
    const arrive = (): void => {
      if (perMin() > 0) this.add({ queue: stream.queue, task: stream.task, ...stream.job(this.random) });
      const rate = perMin() * this.speed;
      agenda.after(rate > 0 ? this.random.gap(MINUTE / rate) : IDLE_CHECK_MS, arrive);
    };
    agenda.after(this.random.gap(MINUTE / Math.max(perMin(), 1)), arrive);
  }
}

/** A worker's id and name say its host, its queue and its process. */
export function naming(host: string | null, queue: string, pid: number): { id: string; name: string } {
  return { id: `${host ?? "host"}:${queue}:${pid}`, name: `${queue}-worker` };
}
