import type { Before } from "@spillway/contract/schemas";
import { utcStamp } from "../../lib/format.ts";
import { changesOf, type Figures, shortBefore } from "./changes.ts";

/** What changed since the chosen moment, for notes. */
export function beforeLines(figures: Figures, before: Before): string[] {
  const short = shortBefore(before);
  const known = short === null ? "" : ` (${short})`;
  if (before.seen_from === null) return [`since ${utcStamp(before.since)}${known}`];
  const changes = changesOf(figures, before).map(({ label, now, was }) => `${label} ${now}, was ${was}`);
  return [`since ${utcStamp(before.since)}${known}: ${changes.join("; ")}`];
}
