import type { Before } from "@spillway/contract/schemas";
import { formatCount, formatRate } from "../../lib/format.ts";

/** `9 workers, 374 waiting, 212 completed and 1.2 failing per min`: what is known of it. */
export function yesterdayWords(before: Before): string {
  const { workers, waiting, completed_per_min: completed, failed_attempts_per_min: failing } = before;
  return [
    workers === null ? [] : `${formatCount(workers)} workers`,
    waiting === null ? [] : `${formatCount(waiting)} waiting`,
    completed === null ? [] : `${formatRate(completed)} completed/min`,
    failing === null ? [] : `${formatRate(failing)} failing/min`,
  ]
    .flat()
    .join(", ");
}
