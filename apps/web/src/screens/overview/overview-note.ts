import type { Before, Overview, QueueSummary } from "@spillway/contract/schemas";
import { codeName, type Note } from "../../features/notes/notes.ts";
import { beforeLines } from "../../features/since/before-lines.ts";
import { overviewFigures } from "../../features/since/changes.ts";
import { troubleLine } from "../../features/trouble/trouble-line.ts";
import { formatAge, formatCount, formatRate, plural, utcStamp } from "../../lib/format.ts";
import { calmWords } from "./calm-words.ts";
import type { Movement } from "./movement.ts";
import { yesterdayWords } from "./yesterday-words.ts";

const mostQueues = 5;

/** The state of everything in a few lines: what needs attention, the figures, the worst queues. */
export function overviewNote(
  overview: Overview,
  movement: Movement,
  before: Before | null,
  worst: readonly QueueSummary[],
): Note {
  const { trouble, jobs, quiet_since } = overview;
  const { failing, retried } = movement;
  const expected =
    overview.expected_workers === null ? "" : ` of ${formatCount(overview.expected_workers.value)}`;
  const quiet = quiet_since === null ? null : utcStamp(quiet_since);
  return {
    title:
      trouble.length === 0
        ? calmWords(overview, quiet).slice(0, -1)
        : `${plural(trouble.length, "thing")} needing attention`,
    lines: [
      ...trouble.map(troubleLine),
      `${formatCount(overview.total_workers)}${expected} workers; ${formatCount(jobs.waiting)} waiting, ${formatCount(jobs.active)} active, ${formatCount(jobs.failed)} failed kept; oldest wait ${formatAge(overview.oldest_waiting_age_s)}`,
      `failing ${formatRate(failing.now)}/min, was ${formatRate(failing.before)}; retried ${formatRate(retried.now)}/min, was ${formatRate(retried.before)}`,
      ...yesterdayLines(overview.yesterday),
      ...(before === null ? [] : beforeLines(overviewFigures(overview), before)),
      ...worst
        .filter((queue) => queue.trouble.length > 0)
        .slice(0, mostQueues)
        .map(
          ({ name, counts, rates }) =>
            `${codeName(name)}: ${formatCount(counts.waiting)} waiting, ${formatRate(rates.failed_attempts_per_min)} failing/min`,
        ),
    ],
  };
}

const yesterdayLines = (yesterday: Before | null): string[] =>
  yesterday === null ? [] : [`yesterday at this time: ${yesterdayWords(yesterday)}`];
