import { shownMinute, shownStamp } from "./format.ts";

/** `then 15:00Z, 16:00Z` of the runs after the next; with the date where it is another day. Null if none is known. */
export function laterRuns(runs: readonly string[]): string | null {
  const later = runs.slice(1).map((at, i) => {
    const day = shownStamp(at).slice(0, 10);
    const isNewDay = day !== shownStamp(runs[i] ?? at).slice(0, 10);
    return isNewDay ? `${day.slice(5)} ${shownMinute(at)}` : shownMinute(at);
  });
  return later.length === 0 ? null : `then ${later.join(", ")}`;
}
