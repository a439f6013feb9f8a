import type { QueueSummary } from "@spillway/contract/schemas";

export const queueSorts = ["trouble", "name", "waiting", "failed", "oldest", "change"] as const;
export type QueueSort = (typeof queueSorts)[number];

const weights = { critical: 100, warning: 10, info: 1 };

/** How badly a queue needs somebody; acknowledged trouble counts half. */
export const troubleWeight = ({ trouble }: QueueSummary): number =>
  trouble.reduce((sum, one) => sum + weights[one.severity] / (one.acked === null ? 1 : 2), 0);

const figures: Record<Exclude<QueueSort, "name">, (queue: QueueSummary) => number> = {
  trouble: troubleWeight,
  waiting: (queue) => queue.counts.waiting,
  failed: (queue) => queue.rates.failed_attempts_per_min ?? -1,
  oldest: (queue) => queue.backlog.oldest_waiting_age_s ?? -1,
  change: (queue) => queue.backlog.change_per_min ?? Number.NEGATIVE_INFINITY,
};

/** Most first; ties by how much waits, then by name, so that rows keep their places from tick to tick. */
export function sortQueues(queues: readonly QueueSummary[], sort: QueueSort): QueueSummary[] {
  const byName = (a: QueueSummary, b: QueueSummary) => (a.name < b.name ? -1 : 1);
  if (sort === "name") return queues.toSorted(byName);
  const figure = figures[sort];
  return queues.toSorted(
    (a, b) =>
      figure(b) - figure(a) || (sort === "trouble" ? 0 : troubleWeight(b) - troubleWeight(a)) || byName(a, b),
  );
}
