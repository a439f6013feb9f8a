import type { QueueEngine, ScanBatch, ScanRow } from "@spillway/engine";
import { createShapeAccumulator, type ShapeAccumulator } from "@spillway/triage";
import type { Budget } from "./budget.ts";

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
 * that failed since are read. What left the failed jobs in the meantime can't be taken back out: see `isOff`.
 */
export class FailedScan {
  readonly shapes: ShapeAccumulator;
  readonly startedAt: number;
  /** Jobs looked at, those that the filter left out included. */
  scanned = 0;
  complete = false;
  readonly #engine: Pick<QueueEngine, "scan">;
  readonly #queue: string;
  readonly #filter: FailedFilter;
  #cursor: string | null = null;
  #lookedBefore = 0;
  #newest = Number.NEGATIVE_INFINITY;
  /** Jobs seen within {@link LATE_BY_MS} of the newest: they turn up again when the newest are read. */
  #recent = new Map<string, number>();

  constructor(engine: Pick<QueueEngine, "scan">, queue: string, filter: FailedFilter, now: number) {
    this.#engine = engine;
    this.#queue = queue;
    this.#filter = filter;
    this.startedAt = now;
    const { from, to } = filter;
    const window = { ...(from !== undefined && { from }), ...(to !== undefined && { to: to + 1 }) };
    const isWhole = from === undefined && to === undefined;
    this.shapes = createShapeAccumulator(isWhole ? { now } : { now, window });
  }

  /** Reads on until all is seen or the budget is spent. */
  async goOn(budget: Budget): Promise<void> {
    if (this.complete) await this.#readNew(budget);
    else await this.#readOn(budget);
  }

  /** Jobs left or slipped by: what was counted is neither what there was before the last reading nor what is there after. */
  isOff(failedBefore: number, failedAfter: number): boolean {
    return this.complete && (this.scanned < failedBefore || this.scanned > failedAfter);
  }

  async #readOn(budget: Budget): Promise<void> {
    for await (const batch of this.#scan(this.#cursor)) {
      for (const row of batch.rows) this.#take(row);
      const looked = this.#looked(batch);
      this.scanned += looked;
      budget.spend(looked);
      this.#cursor = batch.cursor;
      this.complete = batch.cursor === null;
      if (budget.isSpent) break;
    }
    this.#forgetOld();
  }

  async #readNew(budget: Budget): Promise<void> {
    const oldest = this.#newest - LATE_BY_MS;
    for await (const batch of this.#scan(null)) {
      budget.spend(batch.rows.length);
      for (const row of batch.rows) {
        if (this.#recent.has(keyOf(row)) || (row.finishedAt ?? 0) < oldest) continue;
        this.#take(row);
        this.scanned++;
      }
      if (batch.rows.some((row) => (row.finishedAt ?? 0) < oldest)) break;
      // More new ones than one request may read: they are counted as missing, and the next request begins anew.
      if (budget.isSpent) break;
    }
    this.#forgetOld();
  }

  #scan(cursor: string | null): AsyncIterable<ScanBatch> {
    this.#lookedBefore = 0;
    const from = cursor === null ? {} : { cursor };
    return this.#engine.scan(this.#queue, {
      states: ["failed"],
      fields: ["task", "error", "times"],
      ...from,
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
      this.#newest = Math.max(this.#newest, finishedAt);
      this.#recent.set(keyOf(row), finishedAt);
    }
    if (this.#filter.task !== "" && !(task ?? "").toLowerCase().includes(this.#filter.task)) return;
    this.shapes.add({ id, task, error, finishedAt });
  }

  #forgetOld(): void {
    for (const [key, at] of this.#recent) if (at < this.#newest - LATE_BY_MS) this.#recent.delete(key);
  }
}

/** A job that was retried and failed again is another failure. */
function keyOf({ id, finishedAt }: ScanRow): string {
  return `${id}\0${finishedAt}`;
}
