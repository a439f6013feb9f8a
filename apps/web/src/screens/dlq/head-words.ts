import type { ShapeRetries, Shapes } from "@spillway/contract/schemas";
import { formatAge, formatCount, plural, shownStamp } from "../../lib/format.ts";

/** `Earlier retries: 20 jobs since 14:01Z`: the sum of what each error tells of itself. */
export function earlierWords(retries: ShapeRetries): string {
  const jobs = retriedJobs(retries);
  const when = `since ${shownStamp(retries.since)}`;
  return jobs === 0 ? `No earlier retries ${when}` : `Earlier retries: ${plural(jobs, "job")} ${when}`;
}

/** One that was retried twice counts twice. */
export const retriedJobs = ({ items }: ShapeRetries): number =>
  items.reduce((sum, { jobs }) => sum + jobs, 0);

/** From which share of the most that are kept on the oldest are about to go, or went already. */
const nearlyFull = 0.9;

/** What is no longer here by the queue's own rule, so that "first" is not read as the beginning; null where nothing is. */
export function keptWords({
  kept,
  total_failed: failed,
}: Pick<Shapes, "kept" | "total_failed">): string | null {
  if (kept === null || failed === 0) return null;
  const { count, age_s: age } = kept;
  if (count !== null && failed >= nearlyFull * count)
    return `Only the newest ${formatCount(count)} are kept: the first may have failed earlier than shown`;
  if (age !== null)
    return `Failed jobs are kept for ${formatAge(age)}: the first may have failed earlier than shown`;
  return null;
}
