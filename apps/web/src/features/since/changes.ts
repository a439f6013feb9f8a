import type { Before, Overview, QueueSummary } from "@spillway/contract/schemas";
import { formatCount, formatRate } from "../../lib/format.ts";

/** One figure now beside what it was. */
export interface Change {
  label: string;
  now: string;
  was: string;
  /** Worse than before, beyond noise. */
  worse: boolean;
}

/** The figures that are compared, now. */
export interface Figures {
  failing: number | null;
  completed: number | null;
  waiting: number;
  failed: number;
  workers: number | null;
}

export const overviewFigures = ({ movement, rates, jobs, total_workers }: Overview): Figures => ({
  failing: movement.failed_attempts_per_min.now,
  completed: rates.completed_per_min,
  waiting: jobs.waiting,
  failed: jobs.failed,
  workers: total_workers,
});

export const queueFigures = ({ rates, counts, workers }: QueueSummary): Figures => ({
  failing: rates.failed_attempts_per_min,
  completed: rates.completed_per_min,
  waiting: counts.waiting,
  failed: counts.failed,
  workers,
});

/** Beyond these a change is no noise: a few jobs or runs, or half as much again. */
const noise = { runs: 3, jobs: 20, growth: 1.5 };

export const rose = (now: number | null, was: number | null, least: number): boolean =>
  now !== null && was !== null && now - was >= least && now > was * noise.growth;

export const failingRose = (now: number | null, was: number | null): boolean => rose(now, was, noise.runs);
export const waitingRose = (now: number, was: number | null): boolean => rose(now, was, noise.jobs);

/** What changed, the most telling first. */
export function changesOf(figures: Figures, before: Before): Change[] {
  const { failing, completed, waiting, failed, workers } = figures;
  return [
    {
      label: "failing",
      now: `${formatRate(failing)}/min`,
      was: formatRate(before.failed_attempts_per_min),
      worse: failingRose(failing, before.failed_attempts_per_min),
    },
    {
      label: "completed",
      now: `${formatRate(completed)}/min`,
      was: formatRate(before.completed_per_min),
      worse: rose(before.completed_per_min, completed, noise.runs),
    },
    {
      label: "waiting",
      now: formatCount(waiting),
      was: formatCount(before.waiting),
      worse: waitingRose(waiting, before.waiting),
    },
    {
      label: "failed",
      now: formatCount(failed),
      was: formatCount(before.failed),
      worse: false,
    },
    {
      label: "workers",
      now: formatCount(workers),
      was: formatCount(before.workers),
      worse: workers !== null && before.workers !== null && workers < before.workers,
    },
  ];
}

/** Where less than the half hour before was seen, from when on it was; null where all of it was. */
export function shortBefore({ since, seen_from }: Before): string | null {
  if (seen_from === null) return "nothing from before is held";
  const seen = (Date.parse(since) - Date.parse(seen_from)) / 60_000;
  return seen >= 25 ? null : `only ${Math.max(1, Math.round(seen))} min before were seen`;
}
