import type { Gate } from "@spillway/contract/schemas";
import { useState } from "react";
import { phaseSizes } from "../operations/phase-words.ts";
import { type PlanDraft, planOf, usualPlan } from "./plan.ts";
import { rateOf } from "./rate-field.tsx";

/** How a phased retry goes, as it is typed and as it is sent. */
export function usePlan(matched: number) {
  const [draft, setDraft] = useState<PlanDraft>(usualPlan);
  const [rate, setRate] = useState("");
  const [reset, setReset] = useState(false);
  const plan = planOf(draft);
  const perSecond = rateOf(rate);
  return {
    draft,
    setDraft,
    setAdvance: (advance: Gate["advance"]) => setDraft({ ...draft, gate: { ...draft.gate, advance } }),
    rate,
    setRate,
    reset,
    setReset,
    plan,
    /** What each phase comes to; none while something typed can't be sent. */
    sizes: plan === null ? [] : phaseSizes(matched, plan.phases),
    /** For the request's body, or null while something typed can't be sent. */
    body:
      plan === null || perSecond === undefined
        ? null
        : {
            ...plan,
            ...(perSecond === null ? {} : { rate_per_s: perSecond }),
            ...(reset ? { reset_attempts: true } : {}),
          },
  };
}

export type UsedPlan = ReturnType<typeof usePlan>;
