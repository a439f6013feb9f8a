import type { JobSummary } from "@spillway/contract/schemas";
import type { EngineSnapshot, QueueEngine, QueueSnapshot } from "@spillway/engine";
import type { JobViews } from "../seams.ts";

/** How many are shown, and how many lists may be read after one tick. */
const SHOWN = 8;
const READS_PER_TICK = 4;
/** Queues whose failures are held at once. */
const QUEUES_HELD = 50;

/** The newest failed jobs over all queues, read beside the ticks and only where something failed or was cleared. */
export class LatestFailures {
  readonly #engine: QueueEngine;
  readonly #views: JobViews;
  /** What the counters said when a queue was read last; the one read longest ago comes first. */
  readonly #read = new Map<string, string>();
  #held = new Map<string, JobSummary[]>();
  #reading = false;

  constructor(engine: QueueEngine, views: JobViews) {
    this.#engine = engine;
    this.#views = views;
  }

  /** Of the queues that are shown. */
  newest(sees: (queue: string) => boolean): JobSummary[] {
    const shown = [...this.#held].filter(([queue]) => sees(queue));
    return shown
      .flatMap(([, jobs]) => jobs)
      .sort(compare)
      .slice(0, SHOWN);
  }

  /** Reads a few lists; resolves when they are in. A list that can't be read is tried again after the next tick. */
  async refresh(snapshot: EngineSnapshot): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    try {
      const failing = new Map(
        snapshot.queues.filter(({ counts }) => counts.failed > 0).map((queue) => [queue.name, queue]),
      );
      this.#forget(failing);
      const unread = failing
        .values()
        .filter(({ name }) => !this.#read.has(name))
        .toArray()
        .sort(mostFailures);
      const known = [...this.#read.keys()].flatMap((name) => failing.get(name) ?? []);
      const moved = known.filter((queue) => this.#read.get(queue.name) !== markOf(queue));
      const next = [...unread, ...moved].slice(0, READS_PER_TICK);
      await Promise.all(next.map((queue) => this.#readOne(queue)));
    } finally {
      this.#reading = false;
    }
  }

  clear(): void {
    this.#read.clear();
    this.#held.clear();
  }

  async #readOne(queue: QueueSnapshot): Promise<void> {
    try {
      const { rows } = await this.#engine.listJobs(queue.name, "failed", { offset: 0, limit: SHOWN });
      this.#held.set(
        queue.name,
        rows.map((row) => this.#views.summary(row)),
      );
      this.#read.delete(queue.name);
      this.#read.set(queue.name, markOf(queue));
      this.#trim();
    } catch {
      // The next tick tells if the engine is away; what was read before stays.
    }
  }

  #trim(): void {
    if (this.#held.size <= QUEUES_HELD) return;
    const newest = [...this.#held].sort(([, a], [, b]) => compare(a[0], b[0]));
    this.#held = new Map(newest.slice(0, QUEUES_HELD));
  }

  #forget(failing: ReadonlyMap<string, QueueSnapshot>): void {
    for (const name of this.#read.keys())
      if (!failing.has(name)) {
        this.#read.delete(name);
        this.#held.delete(name);
      }
  }
}

function markOf({ counts, flows }: QueueSnapshot): string {
  return `${counts.failed} ${flows.since} ${flows.failed}`;
}

function mostFailures(a: QueueSnapshot, b: QueueSnapshot): number {
  return (b.flows.failed ?? b.counts.failed) - (a.flows.failed ?? a.counts.failed);
}

function compare(a: JobSummary | undefined, b: JobSummary | undefined): number {
  const left = a?.finished_at ?? "";
  const right = b?.finished_at ?? "";
  return left < right ? 1 : left > right ? -1 : 0;
}
