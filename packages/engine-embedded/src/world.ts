import { EngineError, type EngineEvent } from "@spillway/engine";
import type { Agenda } from "./agenda.ts";
import type { Job } from "./job.ts";
import { type QueueOptions, QueueStore } from "./queue-store.ts";
import { Receipts } from "./receipts.ts";
import type { Worker } from "./worker.ts";

/** All that an engine is at one moment; the other files are what can happen to it. */
export class World {
  readonly agenda: Agenda;
  readonly queues = new Map<string, QueueStore>();
  readonly workers = new Map<string, Worker>();
  readonly listeners = new Set<(event: EngineEvent) => void>();
  /** Queues in which a job may have become startable. */
  readonly unsettled = new Set<QueueStore>();
  readonly receipts = new Receipts();
  dispatching = false;
  #ticks = 0;

  constructor(agenda: Agenda) {
    this.agenda = agenda;
  }

  /** Grows with everything that happens: orders what happened in the same millisecond. */
  tick(): number {
    this.#ticks += 1;
    return this.#ticks;
  }

  nextVersion(): string {
    return this.tick().toString(36);
  }

  define(name: string, options?: QueueOptions): QueueStore {
    let store = this.queues.get(name);
    if (!store) {
      store = new QueueStore(name, this.agenda.now());
      this.queues.set(name, store);
    }
    if (options) store.configure(options);
    return store;
  }

  /** Throws `queue_not_found`. */
  store(name: string): QueueStore {
    const store = this.queues.get(name);
    if (!store)
      throw new EngineError("queue_not_found", `There is no queue ${JSON.stringify(name.slice(0, 200))}.`);
    return store;
  }

  /** Throws `queue_not_found` or `job_not_found`. */
  job(queue: string, id: string): { store: QueueStore; job: Job } {
    const store = this.store(queue);
    const job = store.find(id);
    if (!job)
      throw new EngineError(
        "job_not_found",
        `Queue ${JSON.stringify(queue)} holds no job ${JSON.stringify(id)}.`,
      );
    return { store, job };
  }

  emit(type: EngineEvent["type"], queue: string, jobId: string | null): void {
    const event = { at: this.agenda.now(), type, queue, jobId };
    for (const listener of this.listeners) {
      try {
        listener(event);
      } catch (error) {
        // A listener's failure is its own: it surfaces, but not in the middle of what is happening here.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  /** Forgets everything but who listens; nobody is left waiting for what will no longer happen. */
  clear(): void {
    for (const worker of this.workers.values()) {
      for (const run of worker.runs) for (const tell of run.onOver) tell();
      for (const tell of worker.onStopped) tell();
    }
    this.agenda.clear();
    this.queues.clear();
    this.workers.clear();
    this.unsettled.clear();
    this.receipts.clear();
  }
}
