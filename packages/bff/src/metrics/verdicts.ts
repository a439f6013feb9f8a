import type { Verdict } from "@spillway/contract/schemas";
import { verdict } from "@spillway/triage";
import type { MarkerStore } from "../seams.ts";
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
  paused: readonly string[],
  chosen: number | undefined,
): Verdict {
  const changeAt = chosen ?? lastChange(markers, queue, now);
  const since = Math.min(changeAt ?? now, now - WINDOW_MS) - WINDOW_MS;
  const judged = verdict(history.judged(queue, since), changeAt, now, paused);
  return { ...judged, since: isoOrNull(judged.since) };
}

function lastChange(markers: MarkerStore, queue: string | null, now: number): number | null {
  const changes = markers
    .list({ from: now - CHANGE_COUNTS_MS, to: now, ...(queue !== null && { queue }) })
    .filter((marker) => marker.kind !== "note")
    .map((marker) => Date.parse(marker.at))
    .filter((at) => at >= now - CHANGE_COUNTS_MS);
  return changes.length === 0 ? null : Math.max(...changes);
}
