import type { QueueEngine, ScanBatch, ScanRow } from "@spillway/engine";
import { type Conceal, createShapeAccumulator, type ShapeAccumulator } from "@spillway/triage";
import type { Budget } from "../limits/budget.ts";
import { MOST_ENDED, type Newest } from "./ended-jobs.ts";
import { LatestFailures } from "./latest-failures.ts";

/** Which failed jobs are grouped. Epoch ms; `task` is a part of the name, in lower case. */
export interface FailedFilter {
  task: string;
  from: number | undefined;
  to: number | undefined;
}

/** Workers' clocks differ a little: failures may turn up this far behind the newest one seen. Ms. */
const LATE_BY_MS = 5_000;

/**
 * One reading of the failed jobs of a queue, newest first, over as many requests as it takes; once through, only those
 * that failed since are read. What left the failed jobs in the meantime can't be taken back out: see `left`.
 */
export class FailedScan {
  readonly shapes: ShapeAccumulator;
  readonly startedAt: number;
  /** Jobs looked at, those that the filter left out included, and how many there are to look at. */
  scanned = 0;
  total = 0;
  complete = false;
  /** Of what was counted, so many are failed no more. */
  left = 0;
  /** What is counted is not what is there: jobs left, or slipped by. */
  isOff = false;
  readonly #engine: Pick<QueueEngine, "queue" | "scan">;
  readonly #queue: string;
  readonly #filter: FailedFilter;
  /** Null where some failures are left out. */
  readonly #latest: LatestFailures | null;
  #cursor: string | null = null;
  #lookedBefore = 0;
  #newest = Number.NEGATIVE_INFINITY;
  /** Failed jobs that the engine need not look at, as they lie outside of the window: at least and at most. */
  #outside: { least: number; most: number } | null = null;
  /** Jobs seen within {@link LATE_BY_MS} of the newest: they turn up again when the newest are read. */
  #recent = new Map<string, number>();

  constructor(
    engine: Pick<QueueEngine, "queue" | "scan">,
    queue: string,
    filter: FailedFilter,
    { now, conceal }: { now: number; conceal: Conceal },
  ) {
    this.#engine = engine;
    this.#queue = queue;
    this.#filter = filter;
    this.startedAt = now;
    const { from, to } = filter;
    const window = { ...(from !== undefined && { from }), ...(to !== undefined && { to: to + 1 }) };
    const isWhole = from === undefined && to === undefined;
    if (isWhole) this.#outside = { least: 0, most: 0 };
    this.#latest = isWhole && filter.task === "" ? new LatestFailures(MOST_ENDED) : null;
    this.shapes = createShapeAccumulator({ now, conceal, ...(!isWhole && { window }) });
  }

  /** Reads on until all is seen or the budget is spent. `queue_not_found` as the engine says. */
  async goOn(budget: Budget): Promise<void> {
    const wasComplete = this.complete;
    const before = await this.#failed();
    await (wasComplete ? this.#readNew(budget) : this.#readOn(budget));
    const after = await this.#failed();
    this.#outside ??= {
      least: Math.max(0, before - this.total),
      most: Math.max(0, after - this.total),
    };
    if (!wasComplete) return;
    this.left = Math.max(0, this.scanned + this.#outside.least - after);
    this.isOff = this.left > 0 || this.scanned + this.#outside.most < before;
  }

  /** The newest failures of the queue, whatever became of the jobs since; null if this reading does not know them all. */
  latest(): Newest | null {
    if (this.#latest === null || (!this.complete && this.scanned < MOST_ENDED)) return null;
    return { jobs: this.#latest.list(), isAll: this.complete && this.scanned <= MOST_ENDED };
  }

  async #failed(): Promise<number> {
    return (await this.#engine.queue(this.#queue)).counts.failed;
  }

  async #readOn(budget: Budget): Promise<void> {
    const { from, to } = this.#filter;
    const scannedBefore = this.scanned;
    for await (const batch of this.#scan({ cursor: this.#cursor, from, to })) {
      for (const row of batch.rows) this.#take(row);
      const looked = this.#looked(batch);
      this.scanned += looked;
      this.total = scannedBefore + batch.totalToScan;
      budget.spend(looked);
      this.#cursor = batch.cursor;
      this.complete = batch.cursor === null;
      if (budget.isSpent) break;
    }
    this.#forgetOld();
  }

  /** Only those that failed since the last reading, and the few seconds before it. */
  async #readNew(budget: Budget): Promise<void> {
    const since = this.#since();
    for await (const batch of this.#scan({ cursor: null, from: since })) {
      budget.spend(batch.rows.length);
      for (const row of batch.rows) {
        if (this.#recent.has(keyOf(row)) || (row.finishedAt ?? 0) < (since ?? 0)) continue;
        this.#take(row);
        this.scanned++;
      }
      // The engine left some out: those are older, and so is all that follows.
      if (this.#looked(batch) > batch.rows.length) break;
      // More new ones than one request may read: they are counted as missing, and the next request begins anew.
      if (budget.isSpent) break;
    }
    this.total = Math.max(this.total, this.scanned);
    this.#forgetOld();
  }

  #since(): number | undefined {
    if (this.#newest > Number.NEGATIVE_INFINITY) return this.#newest - LATE_BY_MS;
    // Nothing was seen in the window: nothing can be new in it before its end, or else before its beginning.
    return this.#filter.to ?? this.#filter.from;
  }

  #scan(what: { cursor: string | null; from?: number | undefined; to?: number | undefined }) {
    this.#lookedBefore = 0;
    return this.#engine.scan(this.#queue, {
      states: ["failed"],
      fields: ["task", "error", "finished"],
      ...(what.cursor !== null && { cursor: what.cursor }),
      ...(what.from !== undefined && { from: what.from }),
      ...(what.to !== undefined && { to: what.to }),
    });
  }

  /** A batch tells how many were looked at since its scan began. */
  #looked(batch: ScanBatch): number {
    const more = batch.scanned - this.#lookedBefore;
    this.#lookedBefore = batch.scanned;
    return more;
  }

  #take(row: ScanRow): void {
    const { id, task, error, finishedAt } = row;
    if (finishedAt !== null) {
      if (finishedAt > this.#newest) this.#newest = finishedAt;
      if (finishedAt >= this.#newest - LATE_BY_MS) this.#recent.set(keyOf(row), finishedAt);
    }
    if (this.#filter.task !== "" && !(task ?? "").toLowerCase().includes(this.#filter.task)) return;
    const shapeId = this.shapes.add({ id, task, error, finishedAt });
    if (task !== null && finishedAt !== null && shapeId !== null)
      this.#latest?.add({ task, at: finishedAt, shapeId });
  }

  #forgetOld(): void {
    for (const [key, at] of this.#recent) if (at < this.#newest - LATE_BY_MS) this.#recent.delete(key);
  }
}

/** A job that was retried and failed again is another failure. */
function keyOf({ id, finishedAt }: ScanRow): string {
  return `${id}\0${finishedAt}`;
}
