import type { QueueDetail } from "@spillway/contract/schemas";
import { count } from "@spillway/triage";
import type { Phase } from "./phase.ts";

/** Why jobs of a phase that were put back have not started, in a sentence; null if all have, or nothing is known. */
export function waitsFor(phase: Phase, queue: QueueDetail | null): string | null {
  const known = phase.started + phase.gone;
  const waiting = phase.retried - known;
  if (waiting <= 0 || queue === null) return null;
  const jobs = `${count(waiting, "retried job")} ${waiting === 1 ? "has" : "have"} not started`;
  if (queue.paused) return `${jobs}: ${queue.name} is paused. Settling starts when they start.`;
  if (queue.workers === 0) return `${jobs}: no worker serves ${queue.name}.`;
  const others = queue.counts.waiting - waiting;
  if (others < waiting) return null;
  return `${jobs}: ${count(queue.counts.waiting, "job")} wait in ${queue.name}. Settling starts when they start.`;
}
