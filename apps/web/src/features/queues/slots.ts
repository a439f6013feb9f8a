import type { Worker } from "@spillway/contract/schemas";

/** How many jobs these workers run at once, those that are healthy; null where one does not tell or none is there. */
export function slotsOf(workers: readonly Worker[]): number | null {
  const slots = workers.filter((one) => one.health === "healthy").map((one) => one.concurrency);
  if (slots.length === 0) return null;
  return slots.reduce((sum, one) => (sum === null || one === null ? null : sum + one), 0);
}
