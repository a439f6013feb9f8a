import type { EngineSnapshot, WorkerRecord } from "@spillway/engine";
import type { BffDeps } from "../deps.ts";
import type { AuditSeam, LiveHub, MarkerStore, QueueRules } from "../seams.ts";
import type { Acks } from "./acks.ts";
import type { EngineState } from "./engine-state.ts";
import type { LatestFailures } from "./latest-failures.ts";
import { Publisher } from "./publisher.ts";
import { Reader } from "./reader.ts";
import { Watch } from "./watch.ts";

/** What a lens shows, and to whom it tells what changes. */
export interface LensOptions extends Pick<BffDeps, "engine" | "clock" | "config"> {
  audit: AuditSeam;
  hub: LiveHub;
  markers: MarkerStore;
  queues: QueueRules;
}

/** What all lenses have in common. */
export interface Ground {
  state: EngineState;
  failures: LatestFailures;
  acks: Acks;
  past: (() => Iterable<EngineSnapshot>) | undefined;
}

/**
 * All pictures of some queues, made of nothing but those: totals, trends, findings and workers can't tell of a queue that
 * it does not show, since they never knew of it.
 */
export class Lens {
  readonly #options: LensOptions;
  readonly #ground: Ground;
  readonly #publisher: Publisher;
  readonly reader: Reader;
  watch: Watch;

  constructor(options: LensOptions, ground: Ground) {
    this.#options = options;
    this.#ground = ground;
    this.#publisher = new Publisher(options.hub);
    const { queues } = options;
    const failures = { newest: () => ground.failures.newest(queues.sees) };
    this.reader = new Reader({ ...options, ...ground, failures, watch: () => this.watch });
    this.watch = this.#begin();
  }

  #begin(): Watch {
    const begun = new Watch(this.#options);
    const { past } = this.#ground;
    if (past !== undefined) begun.takePast(this.#narrowed(past()));
    return begun;
  }

  /** True if history got a row. */
  take(snapshot: EngineSnapshot, askedAt: number): boolean {
    return this.watch.take(this.#narrow(snapshot), askedAt);
  }

  publishPictures(): void {
    this.reader.moved();
    if (this.watch.moment !== null) this.#publisher.pictures(this.reader);
  }

  publishSample(): void {
    this.#publisher.newestSample(this.watch.history, this.watch.moment?.queues.keys() ?? []);
  }

  reset(): void {
    this.watch = this.#begin();
    this.reader.moved();
    this.#options.hub.publish("resync", { reason: "Another world was loaded." });
  }

  *#narrowed(snapshots: Iterable<EngineSnapshot>): Iterable<EngineSnapshot> {
    for (const snapshot of snapshots) yield this.#narrow(snapshot);
  }

  #narrow(snapshot: EngineSnapshot): EngineSnapshot {
    const { sees, isWhole } = this.#options.queues;
    if (isWhole) return snapshot;
    return {
      ...snapshot,
      queues: snapshot.queues.filter(({ name }) => sees(name)),
      workers: snapshot.workers?.flatMap((worker) => narrowWorker(worker, sees)) ?? null,
    };
  }
}

/** One that works for queues that are shown and for others works for the former. */
function narrowWorker(worker: WorkerRecord, sees: (queue: string) => boolean): WorkerRecord[] {
  const queues = worker.queues.filter(sees);
  if (queues.length === 0) return [];
  const activeJobs = worker.activeJobs.filter(({ queue }) => sees(queue));
  if (worker.concurrencyByQueue === null) return [{ ...worker, queues, activeJobs }];
  const concurrencyByQueue = Object.fromEntries(
    Object.entries(worker.concurrencyByQueue).filter(([queue]) => sees(queue)),
  );
  const slots = queues.map((queue) => concurrencyByQueue[queue] ?? null);
  const concurrency = slots.reduce((sum, more) => (sum === null || more === null ? null : sum + more), 0);
  return [{ ...worker, queues, activeJobs, concurrency, concurrencyByQueue }];
}
