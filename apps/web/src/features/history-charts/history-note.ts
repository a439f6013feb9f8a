import type { Marker, Movement, Verdict } from "@spillway/contract/schemas";
import { formatRate, utcStamp } from "../../lib/format.ts";
import { codeName, type Note } from "../notes/notes.ts";
import { verdictSentence } from "./verdict-line.tsx";

interface Facts {
  queue: string | null;
  movement: Movement;
  /** Before what the movement was otherwise. */
  when: string;
  verdict: Verdict;
}

/** The movement, the verdict and the last changes, for an incident's notes. */
export function historyNote({ queue, movement, when, verdict }: Facts, markers: readonly Marker[]): Note {
  const flow = (label: string, { now, before }: Movement["failed_per_min"]) =>
    `${label}: ${formatRate(now)}/min, was ${formatRate(before)}/min ${when}`;
  const newest = markers.toSorted((a, b) => b.at.localeCompare(a.at)).slice(0, 5);
  return {
    title: queue === null ? "All queues" : `Queue ${queue}`,
    lines: [
      verdictSentence(verdict),
      flow("failed attempts", movement.failed_attempts_per_min),
      flow("failed for good", movement.failed_per_min),
      flow("retried", movement.retried_per_min),
      ...newest.map((marker) => `${utcStamp(marker.at)} ${marker.kind}: ${codeName(marker.title)}`),
    ],
  };
}
