import type { Before, Breakdown, QueueDetail } from "@spillway/contract/schemas";
import { spreadWords } from "../../features/breakdown/spread.ts";
import { verdictSentence } from "../../features/history-charts/verdict-line.tsx";
import { codeName, type Note } from "../../features/notes/notes.ts";
import { etaWords } from "../../features/queues/backlog-words.tsx";
import { beforeLines } from "../../features/since/before-lines.ts";
import { queueFigures } from "../../features/since/changes.ts";
import { troubleLine } from "../../features/trouble/trouble-line.ts";
import { formatCount, formatRate, utcStamp } from "../../lib/format.ts";

interface Around {
  before: Before | null;
  /** What was broken down on screen, as far as it is read: its title, its key, its groups. */
  breakdowns: readonly { state: string; by: string; breakdown: Breakdown | undefined }[];
}

/** What is going on in a queue: findings, figures, cause, verdict, one thing or many. */
export function queueNote(queue: QueueDetail, { before, breakdowns }: Around): Note {
  const { name, paused, counts, rates, backlog, workers, expected_workers: expected, as_of } = queue;
  const change =
    backlog.change_per_min === null
      ? "change not measured"
      : `${backlog.direction}, ${formatRate(backlog.change_per_min)}/min`;
  return {
    title: `Queue ${name}${paused ? ", paused" : ""}`,
    lines: [
      ...queue.trouble.map(troubleLine),
      `${formatCount(counts.waiting)} waiting (${change}; ${etaWords(backlog)})${oldestWords(queue)}`,
      `${formatCount(counts.active)} active, ${formatCount(counts.delayed)} delayed, ${formatCount(counts.failed)} failed kept`,
      `${formatRate(rates.enqueued_per_min)}/min come in, ${formatRate(rates.completed_per_min)}/min completed, ${formatRate(rates.failed_attempts_per_min)}/min failing, ${formatRate(rates.failed_per_min)}/min for good`,
      `${formatCount(workers)}${expected === null ? "" : ` of ${formatCount(expected.value)}`} workers`,
      ...(backlog.cause_text === null ? [] : [backlog.cause_text]),
      verdictSentence(queue.verdict),
      ...breakdowns.flatMap(({ state, by, breakdown }) => spreadLine(state, by, breakdown)),
      ...(before === null ? [] : beforeLines(queueFigures(queue), before)),
      `Read at ${utcStamp(as_of)}`,
    ],
  };
}

/** Since when the oldest waits, absolute: notes are read later. */
function oldestWords({ backlog, as_of }: QueueDetail): string {
  const age = backlog.oldest_waiting_age_s;
  return age === null ? "" : `, the oldest since ${utcStamp(Date.parse(as_of) - age * 1000)}`;
}

function spreadLine(state: string, by: string, breakdown: Breakdown | undefined): string[] {
  if (breakdown === undefined || breakdown.groups.length === 0) return [];
  const { oldest_at: oldest, stalled } = breakdown;
  const facts = [
    codeName(spreadWords(by, breakdown)),
    ...(state === "active" && oldest !== null ? [`the oldest runs since ${utcStamp(oldest)}`] : []),
    ...(state === "active" && stalled ? [`${formatCount(stalled)} stalled`] : []),
  ];
  return [`${state}: ${facts.join("; ")}`];
}
