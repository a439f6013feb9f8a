import type { JobError } from "@spillway/engine";
import type { Conceal, ErrorShapeKey } from "./error-shape.ts";
import { type Bar, TimeHistogram } from "./histogram.ts";
import { ShapeCache } from "./shape-cache.ts";
import { type ShapeGroup, ShapeTally } from "./shape-group.ts";

/** Shapes told apart; jobs of any further shape are counted together in `other`. */
export const MAX_SHAPES = 500;
const DAY_MS = 86_400_000;
const NO_ERROR: JobError = { name: null, message: "", stack: null };

/** One failed job as a scan sees it. */
export interface FailedJob {
  id: string;
  task: string | null;
  error: JobError | null;
  /** Epoch ms. */
  finishedAt: number | null;
}

export interface ShapeAccumulatorOptions {
  /** Epoch ms. */
  now: number;
  /** Count only jobs that finished in `from ≤ finishedAt < to`; jobs without a time are then left out. */
  window?: { from?: number; to?: number };
  conceal?: Conceal;
}

export interface ShapeGroups {
  /** Most frequent first. */
  groups: ShapeGroup[];
  /** Jobs counted, those in `other` included. */
  total: number;
  /** Jobs of shapes beyond the {@link MAX_SHAPES} first met; 0 says that the list is whole. */
  other: number;
  /** Jobs counted that had no finished time: they are in no bar and no window. */
  untimed: number;
  /** All counted jobs over time, at most 48 bars, without holes. */
  histogram: Bar[];
}

export interface ShapeAccumulator {
  /** The id of the job's shape; null if the job lies outside of the window and was not counted. */
  add(job: FailedJob): string | null;
  /** What was counted so far; `at` (default: the accumulator's `now`) is where the windows end. */
  result(at?: number): ShapeGroups;
}

/**
 * Groups failed jobs by error shape as they come, in bounded memory: 500 shapes, 100 tasks each. Add in any order;
 * add later failures to the same accumulator to stay current. Each job must be added once.
 */
export function createShapeAccumulator({ now, window, conceal }: ShapeAccumulatorOptions): ShapeAccumulator {
  const shapes = new ShapeCache(conceal);
  // By what was compared and not by its hash alone: a collision merges no two shapes here.
  const tallies = new Map<string, ShapeTally>();
  const found = new WeakMap<ErrorShapeKey, ShapeTally>();
  const times = new TimeHistogram();
  let total = 0;
  let other = 0;
  let untimed = 0;

  function tallyOf(shape: ErrorShapeKey): ShapeTally | null {
    const before = found.get(shape);
    if (before !== undefined) return before;
    const key = `${shape.id} ${shape.basedOn}`;
    const known = tallies.get(key);
    if (known === undefined && tallies.size >= MAX_SHAPES) return null;
    const tally = known ?? new ShapeTally(shape, now);
    tallies.set(key, tally);
    found.set(shape, tally);
    return tally;
  }

  function add(job: FailedJob): string | null {
    const finishedAt = plausible(job.finishedAt, now);
    if (window !== undefined && !within(finishedAt, window)) return null;
    total++;
    if (finishedAt === null) untimed++;
    else times.add(finishedAt);
    const shape = shapes.shapeOf(job.error ?? NO_ERROR);
    const tally = tallyOf(shape);
    if (tally === null) other++;
    else tally.add(job.id, job.task, finishedAt);
    return shape.id;
  }

  function result(at = now): ShapeGroups {
    const range = times.range();
    const groups = [...tallies.values()].map((tally) => tally.result(total, at, range));
    groups.sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1));
    return { groups, total, other, untimed, histogram: times.bars() };
  }

  return { add, result };
}

/** All shapes of these jobs at once; see {@link createShapeAccumulator}. */
export function groupShapes(jobs: Iterable<FailedJob>, options: ShapeAccumulatorOptions): ShapeGroups {
  const shapes = createShapeAccumulator(options);
  for (const job of jobs) shapes.add(job);
  return shapes.result();
}

/** A time before 2001 or far in the future is a corrupt field, and would stretch every bar. */
function plausible(at: number | null, now: number): number | null {
  const sane =
    at !== null &&
    Number.isFinite(at) &&
    at >= Math.min(1e12, now - 365 * DAY_MS) &&
    at <= now + 365 * DAY_MS;
  return sane && at >= 0 ? at : null;
}

function within(at: number | null, window: { from?: number; to?: number }): boolean {
  return (
    at !== null &&
    at >= (window.from ?? Number.NEGATIVE_INFINITY) &&
    at < (window.to ?? Number.POSITIVE_INFINITY)
  );
}
