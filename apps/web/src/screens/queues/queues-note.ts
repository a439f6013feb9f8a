import type { Before, QueueSummary } from "@spillway/contract/schemas";
import { codeName, type Note } from "../../features/notes/notes.ts";
import { etaWords } from "../../features/queues/backlog-words.tsx";
import { beforeLines } from "../../features/since/before-lines.ts";
import { queueFigures } from "../../features/since/changes.ts";
import { formatAge, formatCount, formatRate, plural } from "../../lib/format.ts";

const most = 20;

/** The queues shown, a line each, in the order shown; with what was before the chosen moment where one is chosen. */
export function queuesNote(queues: readonly QueueSummary[], past: ReadonlyMap<string, Before> | null): Note {
  return {
    title: plural(queues.length, "queue"),
    lines: [
      ...queues.slice(0, most).flatMap((queue) => {
        const before = past?.get(queue.name);
        return [lineOf(queue), ...(before === undefined ? [] : beforeLines(queueFigures(queue), before))];
      }),
      ...(queues.length > most ? [`and ${plural(queues.length - most, "more queue")}`] : []),
    ],
  };
}

function lineOf({ name, paused, counts, backlog, rates, workers }: QueueSummary): string {
  const change =
    backlog.change_per_min === null
      ? ""
      : ` (${backlog.direction}, ${formatRate(backlog.change_per_min)}/min)`;
  const parts = [
    ...(paused ? ["paused"] : []),
    `${formatCount(counts.waiting)} waiting${change}, ${etaWords(backlog)}`,
    `oldest ${formatAge(backlog.oldest_waiting_age_s)}`,
    `${formatCount(counts.active)} active`,
    `${formatRate(rates.failed_attempts_per_min)} failing/min`,
    `${formatCount(counts.failed)} failed`,
    `${formatCount(workers)} workers`,
  ];
  return `${codeName(name)}: ${parts.join("; ")}`;
}
