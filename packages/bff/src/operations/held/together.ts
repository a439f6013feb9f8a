import type { Operation } from "../operation.ts";

/**
 * Counts of jobs that were moved together, nobody having looked at them one by one. Those moved are those that waited at that
 * moment, some more or fewer than were counted before. Where nobody knows what the engine did, all counted are unknown.
 */
export function togetherCounts({ order, standing }: Operation) {
  const { moved, isAsked, state } = standing;
  const unknown = moved === null && isAsked && state === "failed" ? order.matched : 0;
  const succeeded = moved ?? 0;
  return {
    matched: moved ?? order.matched,
    done: succeeded + unknown,
    succeeded,
    skipped: 0,
    failed: 0,
    unknown,
  };
}
