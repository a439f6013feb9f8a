import type { Overview } from "@spillway/contract/schemas";
import { formatCount, plural } from "../../lib/format.ts";

/** How many workers are missing; 0 where none is, or nobody knows how many there should be. */
export const missingWorkers = ({ total_workers: there, expected_workers: expected }: Overview): number =>
  there === null || expected === null ? 0 : Math.max(0, expected.value - there);

/** Where nothing was found that needs attention: that, and what the figures beside it say nevertheless. `since`: in words. */
export function calmWords(overview: Overview, since: string | null): string {
  const missing = missingWorkers(overview);
  const when = since === null ? "" : ` since ${since}`;
  if (missing === 0) return `Nothing needs attention${when}.`;
  const are = missing === 1 ? "is" : "are";
  const of = `${plural(missing, "worker")} of ${formatCount(overview.expected_workers?.value)} ${are} missing`;
  return overview.total_queues === 0
    ? `${of}, and no queue was found that they would serve.`
    : `${of}; nothing else needs attention.`;
}
