import type { QueueSummary } from "@spillway/contract/schemas";

/** From which share of runs on failing is coloured: a few failures are everyday life. */
const badShare = 0.2;

/** Whether so many runs fail that it must be seen: a spike was found, or one in five throws. */
export function failsBadly({ rates, trouble }: Pick<QueueSummary, "rates" | "trouble">): boolean {
  const { failed_attempts_per_min: failed, started_per_min: started } = rates;
  if (trouble.some((one) => one.code === "failure_spike")) return true;
  return failed !== null && failed >= 1 && started !== null && failed > badShare * started;
}
