import type { QueueSummary } from "@spillway/contract/schemas";

const RANK = { critical: 3, warning: 2, info: 1 } as const;

/** Queues in the order asked for, the worst or largest first; equal ones by name. */
export function sortQueues(queues: QueueSummary[], sort: string): QueueSummary[] {
  const weight = WEIGHTS[sort] ?? worst;
  return queues
    .map((queue) => ({ queue, weight: weight(queue) }))
    .sort((a, b) => compare(b.weight, a.weight) || (a.queue.name < b.queue.name ? -1 : 1))
    .map(({ queue }) => queue);
}

type Weight = (queue: QueueSummary) => readonly number[];

const worst: Weight = ({ trouble, rates, counts }) => [
  Math.max(0, ...trouble.map(({ severity }) => RANK[severity])),
  trouble.length,
  rates.failed_attempts_per_min ?? 0,
  counts.waiting,
];

const WEIGHTS: Readonly<Record<string, Weight>> = {
  trouble: worst,
  name: () => [],
  waiting: ({ counts }) => [counts.waiting],
  failed: ({ counts }) => [counts.failed],
  oldest: ({ backlog }) => [backlog.oldest_waiting_age_s ?? -1],
  change: ({ backlog }) => [backlog.change_per_min ?? Number.NEGATIVE_INFINITY],
};

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [i, value] of a.entries()) {
    const other = b[i] ?? 0;
    if (value !== other) return value < other ? -1 : 1;
  }
  return 0;
}
