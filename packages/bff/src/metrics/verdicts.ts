import type { Marker, Verdict } from "@spillway/contract/schemas";
import { verdict } from "@spillway/triage";
import type { MarkerStore } from "../seams.ts";
import type { QueueFigures } from "./figures.ts";
import type { HistoryStore } from "./history-store.ts";
import { isoOrNull } from "./wire-time.ts";

/** A change longer ago than this is no longer what the present is judged by. */
export const CHANGE_COUNTS_MS = 60 * 60_000;
const WINDOW_MS = 15 * 60_000;

/** Whether a queue, or all together (null), got better or worse since a chosen moment, else the last deploy, incident or action of ours. */
export function verdictOf(
  history: HistoryStore,
  markers: MarkerStore,
  queue: string | null,
  now: number,
  judged: readonly QueueFigures[],
  chosen: number | undefined,
): Verdict {
  const last = chosen === undefined ? lastChange(markers, queue, now) : null;
  const changeAt = chosen ?? (last === null ? null : Date.parse(last.at));
  const since = Math.min(changeAt ?? now, now - WINDOW_MS) - WINDOW_MS;
  const paused = judged.filter((figures) => figures.queue.paused);
  const [alone] = queue === null ? [] : paused;
  const told = verdict(history.judged(queue, since), changeAt, now, {
    paused: paused.map((figures) => figures.queue.name),
    changed: last === null ? "the moment chosen" : changeWords(last),
    measured: history.rate(queue)?.perMin ?? null,
    pause:
      alone === undefined ? null : { from: alone.pause?.from ?? null, waiting: alone.queue.counts.waiting },
  });
  return { ...told, since: isoOrNull(told.since) };
}

function lastChange(markers: MarkerStore, queue: string | null, now: number): Marker | null {
  const changes = markers
    .list({ from: now - CHANGE_COUNTS_MS, to: now, ...(queue !== null && { queue }) })
    .filter(({ kind, at }) => kind !== "note" && Date.parse(at) >= now - CHANGE_COUNTS_MS)
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return changes.at(-1) ?? null;
}

/** What is said of it after "since" and "before": `ana retried jobs`, `the deploy billing 2.14.0`. */
export function changeWords({ kind, title, actor, incident }: Marker): string {
  if (kind === "deploy") return `the deploy “${title}”`;
  if (kind === "incident") return `incident ${incident ?? title} began`;
  const did = title.replace(/^./, (letter) => letter.toLowerCase());
  return actor === null ? `“${title}”` : `${actor} ${did}`;
}
