import type { FailedRetention, QueueSnapshot } from "@spillway/engine";
import { list, number } from "./reply.ts";

/** Jobs of a queue may differ: the strictest rule that one of its newest failed jobs had counts for so long. */
const COUNTS_MS = 60 * 60_000;

interface Rules {
  count: number | null;
  ageMs: number | null;
  readAt: number;
  /** How many failed jobs there were then. */
  failed: number;
}

/**
 * How long the jobs of each queue let failed ones be kept. BullMQ tells it nowhere but in the options of each job, so it is
 * read from the newest that failed: at first, and whenever there are fewer of them than before.
 */
export interface FailedRules {
  /** Those of these queues that must be read anew. */
  due(queues: readonly QueueSnapshot[]): QueueSnapshot[];
  /** What FAILED_RULES replied of one. */
  learn(queue: QueueSnapshot, reply: unknown, now: number): void;
  /** The age of the oldest job kept, ms; null where age is no rule. */
  ageOf(queue: string): number | null;
  /** `aged`: how many are older than that. */
  of(queue: string, aged: number): FailedRetention | null;
}

export function createFailedRules(): FailedRules {
  const known = new Map<string, Rules>();
  return {
    due(queues) {
      return queues.filter(({ name, counts }) => {
        const rules = known.get(name);
        const shrank = rules === undefined ? counts.failed > 0 : counts.failed < rules.failed;
        if (rules !== undefined) rules.failed = counts.failed;
        return shrank;
      });
    },
    learn({ name, counts }, reply, now) {
      const [count, seconds] = list(reply).map(number);
      const before = known.get(name);
      const kept = before !== undefined && now - before.readAt < COUNTS_MS ? before : null;
      known.set(name, {
        count: stricter(count, kept?.count),
        ageMs: stricter((seconds ?? -1) < 0 ? null : (seconds ?? 0) * 1_000, kept?.ageMs),
        readAt: kept?.readAt ?? now,
        failed: counts.failed,
      });
    },
    ageOf: (queue) => known.get(queue)?.ageMs ?? null,
    of(queue, aged) {
      const { count = null, ageMs = null } = known.get(queue) ?? {};
      return count === null && ageMs === null ? null : { count, ageMs, aged };
    },
  };
}

function stricter(one: number | null | undefined, other: number | null | undefined): number | null {
  const told = [one, other].filter((value) => typeof value === "number").filter((value) => value >= 0);
  return told.length === 0 ? null : Math.min(...told);
}
