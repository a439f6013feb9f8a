import type { Operation } from "@spillway/contract/schemas";
import { codeName, type Note } from "../../features/notes/notes.ts";
import { operationStory } from "../../features/operations/operation-story.ts";
import { operationName } from "../../features/operations/operation-words.ts";
import { formatCount, plural, utcStamp } from "../../lib/format.ts";

const most = 20;

/** What acts on many jobs and what did, a line each. */
export function operationsNote(operations: readonly Operation[], total: number): Note {
  const left = total - Math.min(operations.length, most);
  return {
    title: plural(total, "operation"),
    lines: [...operations.slice(0, most).map(lineOf), ...(left > 0 ? [`and ${formatCount(left)} more`] : [])],
  };
}

function lineOf(operation: Operation): string {
  const { queue, actor, created_at, finished_at, incident } = operation;
  return [
    `${utcStamp(created_at)}${finished_at === null ? "" : ` to ${utcStamp(finished_at)}`}`,
    codeName(actor),
    `${operationName(operation)} in ${codeName(queue)}`,
    operationStory(operation),
    ...(incident === null ? [] : [codeName(incident)]),
  ].join(" · ");
}
