import type { Marker, Shapes } from "@spillway/contract/schemas";
import type { Note } from "../../features/notes/notes.ts";
import { formatCount, plural, utcStamp } from "../../lib/format.ts";
import type { DlqSearch } from "./dlq-search.ts";
import { shapeLine } from "./shape-words.ts";

const most = 5;

interface Shown {
  search: DlqSearch;
  shapes: Shapes;
  markers: readonly Marker[];
  fresh: ReadonlySet<string>;
}

/** The errors that are shown, the commonest first, and how far was looked. */
export function dlqNote(queue: string, { search, shapes, markers, fresh }: Shown): Note {
  const { items, complete, scanned, total_to_scan: total, total_failed, still_retrying: retrying } = shapes;
  // The one that is open is what the note is about.
  const open = items.find(({ id }) => id === search.shape);
  const told = [...(open === undefined ? [] : [open]), ...items.filter((one) => one !== open)].slice(0, most);
  return {
    title: `${queue}: ${plural(total_failed, "failed job")}`,
    lines: [
      ...(complete ? [] : [`Seen ${formatCount(scanned)} of ${formatCount(total)} so far`]),
      `Window: ${windowWords(search)}, read at ${utcStamp(shapes.as_of)}`,
      `${retryingWords(retrying)} more still retrying by themselves${retrying.next_at === null ? "" : `, the next at ${utcStamp(retrying.next_at)}`}`,
      ...told.map((shape) => shapeLine(shape, markers, fresh.has(shape.id))),
      ...(items.length > told.length ? [`and ${plural(items.length - told.length, "more error")}`] : []),
    ],
  };
}

export function windowWords({ from, to }: DlqSearch): string {
  if (from === null && to === null) return "all failed jobs";
  return [from === null ? "" : `since ${utcStamp(from)}`, to === null ? "" : `until ${utcStamp(to)}`]
    .join(" ")
    .trim();
}

/** Of very many jobs only those that run next are looked through. */
export const retryingWords = ({ count, at_least }: Shapes["still_retrying"]): string =>
  `${at_least ? "at least " : ""}${formatCount(count)}`;
