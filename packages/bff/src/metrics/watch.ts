import type { EngineSnapshot, QueueEngine, WorkerRecord } from "@spillway/engine";
import {
  createNoticeBoard,
  createTroubleTracker,
  createWorkerLedger,
  type LedgerEntry,
  type TroubleNotice,
} from "@spillway/triage";
import type { BffConfig } from "../deps.ts";
import type { AuditSeam, MarkerStore, Observation } from "../seams.ts";
import { DeployWatch } from "./deploys.ts";
import { HistoryStore } from "./history-store.ts";
import { expectedOf, figuresOfAll, type Moment, staffAt, trendOfAll, troubleInput } from "./moment.ts";
import { foundPaused, OutsideChanges } from "./observed.ts";
import { Pauses } from "./pauses.ts";
import { totalCounts } from "./record-rows.ts";
import { iso } from "./wire-time.ts";

export interface WatchOptions {
  engine: Pick<QueueEngine, "capabilities">;
  config: BffConfig;
  audit: AuditSeam;
  markers: MarkerStore;
}

/** Makes a {@link Moment} of each snapshot and remembers what the next one needs. */
export class Watch {
  readonly history: HistoryStore;
  readonly #options: WatchOptions;
  readonly #ledger = createWorkerLedger();
  readonly #tracker = createTroubleTracker();
  readonly #deploys: DeployWatch;
  readonly #outside: OutsideChanges;
  readonly #board = createNoticeBoard();
  readonly #pauses = new Pauses();
  #isPast = false;
  #hasLooked = false;
  #lastRowAt = Number.NEGATIVE_INFINITY;
  moment: Moment | null = null;

  constructor(options: WatchOptions) {
    this.#options = options;
    const { audit, engine, markers } = options;
    this.#outside = new OutsideChanges({ audit, exact: () => engine.capabilities.flow_rates === true });
    this.#deploys = new DeployWatch(
      ({ id, at, title, queue }) =>
        markers.add({ ...(id !== undefined && { id }), kind: "deploy", at: iso(at), title, queue }).id,
    );
    const { historySamples, sampleIntervalMs, coarserHistory } = options.config;
    this.history = new HistoryStore(historySamples, sampleIntervalMs, coarserHistory);
  }

  /** True if history got a row: an extra tick between two regular ones refreshes the picture only. */
  take(snapshot: EngineSnapshot, askedAt: number): boolean {
    this.#ledger.observe(snapshot.workers, snapshot.at);
    const isRow = this.#isDue(askedAt);
    this.#noticeChanges(snapshot, askedAt, isRow);
    const workers = this.#ledger.list(snapshot.at);
    if (snapshot.workers !== null) this.#deploys.observe(atWork(workers), askedAt);
    const staff = staffAt(workers, snapshot);
    this.history.count(snapshot);
    this.#pauses.observe(snapshot.queues, snapshot.at);
    this.#noteFound(snapshot, askedAt);
    // The past was looked at more seldom, but without an outage.
    if (isRow)
      this.history.record(askedAt, snapshot, staff, this.#isPast ? Number.POSITIVE_INFINITY : undefined);
    const queues = figuresOfAll(snapshot, staff, this.history, this.#pauses, this.#options.config, askedAt);
    const learned = this.history.staffHabit.baseline(null);
    const expected = expectedOf(this.#options.config.expectedWorkers.total, learned);
    const input = troubleInput({ queues, staff, expected, workers }, this.#notices(queues, snapshot.at));
    const trouble = this.#tracker.observe(input, snapshot.at);
    if (isRow) this.history.judge(trouble);
    const total = this.history.rate(null);
    const quietSince = trouble.length > 0 ? null : (this.moment?.quietSince ?? askedAt);
    const { waiting } = totalCounts(snapshot.queues);
    const points = this.history.backlog(null, askedAt, waiting);
    const trend = trendOfAll(points, queues, askedAt, askedAt - snapshot.at);
    this.moment = { askedAt, snapshot, workers, staff, expected, total, trend, queues, trouble, quietSince };
    return isRow;
  }

  /** Takes in what was seen before this console looked: it makes history and findings, but no records of today. */
  takePast(snapshots: Iterable<EngineSnapshot>): void {
    this.#isPast = true;
    for (const snapshot of snapshots) this.take(snapshot, snapshot.at);
    this.#isPast = false;
  }

  /** True if history got a gap. */
  fail(askedAt: number): boolean {
    if (!this.#isDue(askedAt)) return false;
    this.history.gap(askedAt);
    return true;
  }

  #isDue(at: number): boolean {
    if (at - this.#lastRowAt < this.#options.config.sampleIntervalMs / 2) return false;
    this.#lastRowAt = at;
    return true;
  }

  #noticeChanges(snapshot: EngineSnapshot, askedAt: number, isRow: boolean): void {
    for (const { observation, notice } of this.#outside.take(snapshot, askedAt, isRow)) {
      // Losses too small to be told make a record and no marker: applications delete single jobs all day.
      if (observation !== null && !this.#isPast) this.#note(observation, notice !== null);
      if (notice !== null) this.#board.post(notice);
    }
  }

  /** What this console finds at its first look has a record too, unless one tells of it already. */
  #noteFound({ queues }: EngineSnapshot, askedAt: number): void {
    if (this.#isPast || this.#hasLooked) return;
    this.#hasLooked = true;
    for (const { name, paused } of queues)
      if (paused && !this.#options.audit.isPausedOnRecord(name))
        this.#note(foundPaused(name, this.#pauses.of(name)?.from ?? null, askedAt), true);
  }

  #note(observation: Observation, isMarked: boolean): void {
    const id = this.#options.audit.observe(observation);
    if (id === null || !isMarked) return;
    const { queue, text, between } = observation;
    this.#options.markers.add({ at: iso(between.to), kind: "action", title: text, queue, audit_id: id });
  }

  #notices(queues: Moment["queues"], now: number): TroubleNotice[] {
    const noticed = [...queues.values()].map(({ queue, usual }) => ({
      ...queue,
      usualPerMin: usual.rates.enqueued,
    }));
    return this.#board.observe(noticed, now);
  }
}

function atWork(workers: readonly LedgerEntry[]): WorkerRecord[] {
  return workers.flatMap(({ worker, endedAt }) => (endedAt === null ? [worker] : []));
}
