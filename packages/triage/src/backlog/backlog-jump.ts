import type { BacklogPoint } from "./backlog-trend.ts";

/** Jobs that came or went at once: put back, enqueued together, or deleted. */
export interface BacklogJump {
  /** Of the first point after it, epoch ms. */
  at: number;
  /** Negative: they went. */
  jobs: number;
}

/** Fewer jobs than this are no jump. */
const LEAST_JOBS = 50;
/** So many times faster than at any other time a backlog moves in a jump. What comes in bursts again and again is none. */
const TIMES_FASTER = 5;
interface Step {
  at: number;
  jobs: number;
  perMs: number;
}

/** The jump among points in order of time; null where the backlog moved as it always does. */
export function backlogJump(points: readonly BacklogPoint[]): BacklogJump | null {
  const steps = stepsOf(points);
  const fastest = steps.reduce((most, { perMs }) => Math.max(most, Math.abs(perMs)), 0);
  const fast = steps.filter(({ perMs }) => Math.abs(perMs) * TIMES_FASTER > fastest);
  // What goes on for longer, or comes again, is how it moves.
  const [only, another] = fast;
  if (only === undefined || another !== undefined || steps.length === 1) return null;
  return Math.abs(only.jobs) < LEAST_JOBS ? null : { at: only.at, jobs: only.jobs };
}

function stepsOf(points: readonly BacklogPoint[]): Step[] {
  const known = points.flatMap(({ at, waiting }) => (waiting === null ? [] : [{ at, waiting }]));
  return known.slice(1).flatMap(({ at, waiting }, i) => {
    const before = known[i];
    if (before === undefined || at <= before.at) return [];
    const jobs = waiting - before.waiting;
    return [{ at, jobs, perMs: jobs / (at - before.at) }];
  });
}
