import type { Rates } from "@spillway/contract/schemas";
import { type Measured, retriesOf } from "../flows.ts";
import { rounded } from "../wire-time.ts";

/** Rates per minute over the last minute of good ticks; null until there are two. */
export function toRates(measured: Measured | null): Rates {
  const perMin = measured?.perMin ?? null;
  const flow = (name: keyof Measured["perMin"]): number | null => rounded(perMin?.[name] ?? null);
  return {
    enqueued_per_min: flow("enqueued"),
    started_per_min: flow("started"),
    completed_per_min: flow("completed"),
    failed_attempts_per_min: flow("failedAttempts"),
    failed_per_min: flow("failed"),
    auto_retried_per_min: flow("autoRetried"),
    operator_retried_per_min: flow("operatorRetried"),
    retried_per_min: perMin === null ? null : rounded(retriesOf(perMin)),
  };
}
