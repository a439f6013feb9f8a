import type { Before, History, Overview, Sample } from "@spillway/contract/schemas";

export interface Compared {
  now: number | null;
  before: number | null;
}

export interface Movement {
  failing: Compared;
  retried: Compared;
  /** More fails than is usual here. */
  worse: boolean;
}

/** How many of the newest bars are "now". */
const nowBars = 5;
/** From how many bars on their median is worth more than the mean that came with the overview. */
const enough = 10;

/** The middle of what was seen before: a spike that began a while ago must not look usual. */
function usual(
  history: History | undefined,
  flow: keyof Pick<Sample, "failed_attempts" | "retries">,
): number | null {
  const known = (history?.history ?? [])
    .slice(0, -nowBars)
    .flatMap((sample) => sample[flow] ?? [])
    .toSorted((a, b) => a - b);
  return known.length < enough ? null : (known[Math.floor((known.length - 1) / 2)] ?? null);
}

/** Up to this share of runs more failures may come from more work alone. */
const noise = 0.05;

/** What fails and is retried a minute now, beside what was before a chosen moment (null while that is not known), else what is usual. */
export function movementOf(
  overview: Overview,
  history: History | undefined,
  chosen?: Before | null,
): Movement {
  const { failed_attempts_per_min: failed, retried_per_min: retried } = overview.movement;
  const usually = {
    failing: usual(history, "failed_attempts") ?? failed.before,
    retried: usual(history, "retries") ?? retried.before,
  };
  const before = chosen === undefined ? usually.failing : (chosen?.failed_attempts_per_min ?? null);
  const started = overview.rates.started_per_min ?? 0;
  const rising =
    failed.now !== null &&
    before !== null &&
    failed.now > before * 2 &&
    failed.now - before >= 5 &&
    failed.now > noise * started;
  return {
    failing: { now: failed.now, before },
    retried: {
      now: retried.now,
      before: chosen === undefined ? usually.retried : (chosen?.retried_per_min ?? null),
    },
    worse: rising || overview.trouble.some((one) => one.code === "failure_spike"),
  };
}
