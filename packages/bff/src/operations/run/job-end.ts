import type { JobState, TargetResult } from "@spillway/engine";
import type { JobEnd } from "./outcome-book.ts";

const NOW: Record<JobState, string> = {
  waiting: "it waits to run",
  active: "it is running",
  delayed: "it waits for its time",
  blocked: "it waits for other jobs",
  completed: "it has completed",
  failed: "it has failed again",
};

/** What became of a job, from what the engine says of it: a job that moved on or is gone was left alone. */
export function endOf({ outcome, state, message }: TargetResult): JobEnd {
  switch (outcome) {
    case "done":
      return { outcome: "succeeded", reason: null };
    case "gone":
      return { outcome: "skipped", reason: "It no longer exists." };
    case "conflict":
      return { outcome: "skipped", reason: movedOn(state) };
    case "refused":
    case "unsupported":
      return { outcome: "failed", reason: message ?? "The engine refused." };
  }
}

function movedOn(state: JobState | null): string {
  return state === null
    ? "It has moved on since it was selected."
    : `It has moved on since it was selected: ${NOW[state]} now.`;
}
