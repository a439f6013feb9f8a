import type { EngineSnapshot } from "@spillway/engine";
import type { BacklogPoint, MovementSample, Trouble, VerdictSample } from "@spillway/triage";
import type { BffConfig } from "../deps.ts";
import { deltasBetween, FlowWindow } from "./flow-window.ts";
import { type FlowDelta, type Measured, measure, measureTotal } from "./flows.ts";
import { LAST_SECONDS_MS } from "./last-seconds.ts";
import { Layer, layerReaching, type Place, placesIn } from "./layer.ts";
import { queueRow, totalRow } from "./record-rows.ts";
import { RollUp } from "./roll-up.ts";
import type { Series, Timeline } from "./series.ts";
import type { StaffRoll } from "./staff.ts";
import { StaffHabit, teachesNothing } from "./staff-habit.ts";
import { NOTHING_USUAL, USUAL_LOOKS_BACK_MS, type Usual, usualOf } from "./usual.ts";

/** Rates are measured over a minute. */
const RATES = { spanMs: 60_000 };
/** How long runs take over more, up to 10 minutes where they are few: else one long run of ten would look like a change. */
const RUNS = { spanMs: 180_000, enoughRuns: 60, longestMs: 600_000 };
const TREND_MS = 5 * 60_000;
/** A queue that no tick has shown for so long is forgotten; shorter absences are those of a flaky discovery. */
const FORGET_AFTER_TICKS = 100;
/** What is usual changes slowly. */
const USUAL_FOR_MS = 60_000;

/** The past of each queue and of all together, in memory, bounded by the number of samples; the older, the coarser. */
export class HistoryStore {
  /** Of the finest layer. */
  readonly timeline: Timeline;
  readonly total: Series;
  readonly #intervalMs: number;
  readonly #fine: Layer;
  /** Finest first. */
  readonly #layers: Layer[];
  readonly #rollUps: RollUp[] = [];
  /** When each queue was last there, by tick. */
  readonly #seen = new Map<string, number>();
  /** How many workers each queue usually has. */
  readonly staffHabit = new StaffHabit();
  readonly #usual = new Map<string | null, { usual: Usual; until: number }>();
  readonly #minute = new FlowWindow(RATES);
  readonly #minutes = new FlowWindow(RUNS);
  readonly #seconds = new FlowWindow({ spanMs: LAST_SECONDS_MS });
  #lastRow: EngineSnapshot | null = null;

  constructor(samples: number, intervalMs: number, coarser: BffConfig["coarserHistory"] = []) {
    let finer = new Layer(samples);
    this.#fine = finer;
    this.#layers = [finer];
    for (const past of coarser) {
      const layer = new Layer(past.samples);
      this.#rollUps.push(new RollUp(finer, layer, past.stepMs));
      this.#layers.push(layer);
      finer = layer;
    }
    this.timeline = this.#fine.timeline;
    this.total = this.#fine.total;
    this.#intervalMs = intervalMs;
  }

  /** Takes the counters of a good snapshot, so that `rate` tells. */
  count(snapshot: EngineSnapshot): void {
    this.#minute.push(snapshot.at, snapshot.queues);
    this.#minutes.push(snapshot.at, snapshot.queues);
    this.#seconds.push(snapshot.at, snapshot.queues);
  }

  /** Over the last minute; null until there are two readings. */
  rate(queue: string | null): Measured | null {
    return queue === null ? this.#minute.total() : (this.#minute.of(queue) ?? null);
  }

  /** How long runs took over the last minutes; null until there are two readings. */
  runs(queue: string | null): Measured | null {
    return queue === null ? this.#minutes.total() : (this.#minutes.of(queue) ?? null);
  }

  /** The last seconds alone; null until there are two readings. */
  lately(queue: string): Measured | null {
    return this.#seconds.of(queue) ?? null;
  }

  /** Adds a row per queue and one for all; `longestMs` is how far apart two rows may be and still tell a rate. */
  record(at: number, snapshot: EngineSnapshot, staff: StaffRoll, longestMs = 2.5 * this.#intervalMs): void {
    const tick = this.timeline.push(at, true);
    const deltas = this.#sinceLastRow(snapshot, longestMs);
    const total = { tick: measureTotal([...deltas.values()]), runs: this.runs(null) };
    this.total.set(tick, totalRow(snapshot, total, staff.total));
    for (const queue of snapshot.queues) {
      const delta = deltas.get(queue.name);
      const readings = { tick: delta === undefined ? null : measure(delta), runs: this.runs(queue.name) };
      this.#fine.set(queue.name, tick, queueRow(queue, snapshot.at, readings, staff.of(queue.name)));
      this.#seen.set(queue.name, tick);
    }
    for (const [name, seen] of this.#seen) if (tick - seen > FORGET_AFTER_TICKS) this.#forget(name);
    this.#lastRow = snapshot;
    this.#rollUp();
  }

  /** Tells of the newest row what was wrong then: only where nothing was it teaches what is usual. */
  judge(trouble: readonly Trouble[]): void {
    const tick = this.timeline.next - 1;
    const troubled = troubledBy(trouble);
    const teaches = teachesNothing(trouble);
    for (const [name, series] of [[null, this.total] as const, ...this.#shownAt(tick)]) {
      series.mark(tick, "troubled", troubled(name) ? 1 : 0);
      this.staffHabit.observe(name, this.timeline.at(tick), series.get(tick, "workers"), teaches(name));
    }
  }

  #shownAt(tick: number): [string, Series][] {
    return [...this.#seen].flatMap(([name, seen]) => {
      const series = seen === tick ? this.series(name) : undefined;
      return series === undefined ? [] : [[name, series]];
    });
  }

  gap(at: number): void {
    this.timeline.push(at, false);
    this.#rollUp();
  }

  #rollUp(): void {
    for (const rollUp of this.#rollUps) rollUp.work();
  }

  /** The newest ticks of a queue, or of all together (null), as they were taken. */
  series(queue: string | null): Series | undefined {
    return this.#fine.series(queue);
  }

  /** What is kept of a stretch of time, each part as finely as it is. Epoch ms, both ends inclusive. */
  places(queue: string | null, from: number, to = Number.POSITIVE_INFINITY): Place[] {
    return placesIn(this.#layers, queue, from, to);
  }

  /** The finest layer that reaches back to a time; else the one that reaches furthest. */
  reaching(at: number): Layer {
    return layerReaching(this.#layers, at) ?? this.#fine;
  }

  /** What is normal for a queue, or for all (null): at most a minute old. */
  usual(queue: string | null, now: number): Usual {
    const known = this.#usual.get(queue);
    if (known !== undefined && now < known.until) return known.usual;
    const layer = this.reaching(now - USUAL_LOOKS_BACK_MS);
    const series = layer.series(queue);
    const usual = series === undefined ? NOTHING_USUAL : usualOf(layer.timeline, series, now);
    // Spread over the minute: a thousand queues must not all be due in one tick.
    const spread = known === undefined ? (this.#usual.size % 12) / 12 : 1;
    this.#usual.set(queue, { usual, until: now + USUAL_FOR_MS * spread });
    return usual;
  }

  /** Sizes of the last minutes, the newest close together, and the size now: what a trend is read from. */
  backlog(queue: string | null, now: number, waiting: number): BacklogPoint[] {
    const series = this.series(queue);
    const ticks = series === undefined ? [] : thinned(this.#ticksSince(now - TREND_MS));
    const points = ticks.map((tick) => ({
      at: this.timeline.at(tick),
      waiting: series?.get(tick, "waiting") ?? null,
    }));
    if ((points.at(-1)?.at ?? 0) < now) points.push({ at: now, waiting });
    return points;
  }

  /** What verdict and movement are made from, of one queue or all. */
  judged(queue: string | null, since: number): (VerdictSample & MovementSample)[] {
    return this.places(queue, since).map(({ timeline, series, tick }) => ({
      at: timeline.at(tick),
      gap: timeline.isGap(tick),
      failedAttempts: series.get(tick, "failedAttempts"),
      completed: series.get(tick, "throughput"),
      waiting: series.get(tick, "waiting"),
      failed: series.get(tick, "failures"),
      retried: series.get(tick, "retries"),
    }));
  }

  #ticksSince(since: number): number[] {
    const ticks: number[] = [];
    for (let tick = this.timeline.next - 1; tick >= this.timeline.first; tick--) {
      if (this.timeline.at(tick) < since) break;
      ticks.push(tick);
    }
    return ticks.reverse();
  }

  /** After an outage the counters tell how much happened in it, but not when: no tick of it gets a rate. */
  #sinceLastRow(snapshot: EngineSnapshot, longestMs: number): Map<string, FlowDelta> {
    const last = this.#lastRow;
    if (last === null || snapshot.at - last.at > longestMs) return new Map();
    return deltasBetween(last, snapshot);
  }

  #forget(name: string): void {
    for (const layer of this.#layers) layer.forget(name);
    this.#seen.delete(name);
    this.#usual.delete(name);
    this.staffHabit.forget(name);
  }
}

/** A trend compares all pairs of points: of a thousand queues, each with 60, that would take longer than the tick. */
const NEWEST_POINTS = 8;
const OLDER_POINTS = 16;

function thinned(ticks: readonly number[]): number[] {
  const older = ticks.slice(0, -NEWEST_POINTS);
  const every = Math.max(1, older.length / OLDER_POINTS);
  const kept = Array.from(
    { length: Math.min(older.length, OLDER_POINTS) },
    (_, i) => older[Math.floor(i * every)],
  );
  return [...kept.filter((tick) => tick !== undefined), ...ticks.slice(-NEWEST_POINTS)];
}

/** Whether what a queue shows now is no habit to learn. What is wrong with no queue in particular is wrong with all. */
function troubledBy(trouble: readonly Trouble[]): (queue: string | null) => boolean {
  const queues = new Set(trouble.map((finding) => finding.queue));
  return (queue) => (queue === null ? queues.size > 0 : queues.has(queue) || queues.has(null));
}
