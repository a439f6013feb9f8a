import type { ErrorShapeKey } from "./error-shape.ts";
import { type Bar, TimeHistogram } from "./histogram.ts";
import { NO_RECENT, RecentCounts, type WindowCounts } from "./recent-counts.ts";
import { SpreadSample } from "./spread-sample.ts";

/** Tasks named per shape; the jobs of further tasks count in the shape only. */
const MAX_TASKS = 100;
const SAMPLES = 10;
const DAY_MS = 86_400_000;

/** Failed jobs of one shape. Times are epoch ms of `finishedAt`; null where no job of the shape had one. */
export interface ShapeGroup extends ErrorShapeKey {
  count: number;
  /** Of all jobs counted, 0–1. */
  share: number;
  /** By whole minutes up to the time of the result. */
  windows: WindowCounts;
  /** Most frequent first, at most 100. */
  tasks: { task: string; count: number }[];
  firstSeen: number | null;
  lastSeen: number | null;
  /** At most 5, spread over the order in which the jobs were counted. */
  sampleJobIds: string[];
  /** One count per bar of the result's `histogram`. */
  histogram: number[];
}

/** What one shape has gathered so far, in bounded memory. */
export class ShapeTally {
  count = 0;
  readonly #shape: ErrorShapeKey;
  readonly #now: number;
  readonly #tasks = new Map<string, number>();
  readonly #samples = new SpreadSample(SAMPLES);
  readonly #times = new TimeHistogram();
  #recent: RecentCounts | null = null;

  constructor(shape: ErrorShapeKey, now: number) {
    this.#shape = shape;
    this.#now = now;
  }

  add(id: string, task: string | null, finishedAt: number | null): void {
    this.count++;
    this.#samples.add(id);
    const known = task === null ? undefined : this.#tasks.get(task);
    if (task !== null && (known !== undefined || this.#tasks.size < MAX_TASKS))
      this.#tasks.set(task, (known ?? 0) + 1);
    if (finishedAt === null) return;
    this.#times.add(finishedAt);
    if (finishedAt <= this.#now - DAY_MS) return;
    this.#recent ??= new RecentCounts();
    this.#recent.add(finishedAt);
  }

  result(total: number, at: number, range: ReturnType<TimeHistogram["range"]>): ShapeGroup {
    const own = this.#times.range();
    const bars: Bar[] = this.#times.bars(range);
    return {
      ...this.#shape,
      count: this.count,
      share: total === 0 ? 0 : this.count / total,
      windows: this.#recent?.windows(at) ?? { ...NO_RECENT },
      tasks: [...this.#tasks].map(([task, count]) => ({ task, count })).sort((a, b) => b.count - a.count),
      firstSeen: own?.first ?? null,
      lastSeen: own?.last ?? null,
      sampleJobIds: this.#samples.ids(),
      histogram: bars.map((bar) => bar.count),
    };
  }
}
