import type { Before, Overview, Sample } from "@spillway/contract/schemas";

export type Movement = Overview["movement"];

/** The last minutes are compared with the half hour before, as the server does it for all queues together. */
const nowMs = 5 * 60_000;
const beforeMs = 30 * 60_000;

/** Failed and retried a minute now and before, of one queue's samples; null where nothing was measured. */
export function movementOf(samples: readonly Sample[], now: number): Movement {
  const known = samples.filter((sample) => !sample.gap);
  const recent = known.filter((sample) => Date.parse(sample.timestamp) > now - nowMs);
  const earlier = known.filter((sample) => {
    const at = Date.parse(sample.timestamp);
    return at <= now - nowMs && at > now - nowMs - beforeMs;
  });
  const compare = (figure: "failed_attempts" | "failures" | "retries") => ({
    now: mean(recent.map((sample) => sample[figure])),
    before: mean(earlier.map((sample) => sample[figure])),
  });
  return {
    failed_attempts_per_min: compare("failed_attempts"),
    failed_per_min: compare("failures"),
    retried_per_min: compare("retries"),
  };
}

/** What is now beside what was before a chosen moment; null while that is not known. */
export const beside = (movement: Movement, before: Before | null): Movement => ({
  failed_attempts_per_min: {
    now: movement.failed_attempts_per_min.now,
    before: before?.failed_attempts_per_min ?? null,
  },
  failed_per_min: { now: movement.failed_per_min.now, before: before?.failed_per_min ?? null },
  retried_per_min: { now: movement.retried_per_min.now, before: before?.retried_per_min ?? null },
});

function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** Whether a flow rose beyond noise. */
export const rose = ({ now, before }: { now: number | null; before: number | null }): boolean =>
  now !== null && before !== null && now >= 1 && now > before * 1.5;
