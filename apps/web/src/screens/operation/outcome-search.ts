import type { JobOutcome, Query } from "@spillway/contract/schemas";
import { countField, maybeField, type UrlValue, urlState } from "../../lib/url-state.ts";

export const outcomes = ["succeeded", "skipped", "failed", "unknown"] as const satisfies JobOutcome[];

const fields = { outcome: maybeField<JobOutcome>(outcomes), page: countField(1) };
export const outcomeSearch = urlState(fields);
export type OutcomeSearch = UrlValue<typeof fields>;

export const askedOf = ({ outcome, page }: OutcomeSearch): Query<"listOutcomes"> => ({
  ...(outcome === null ? {} : { outcome }),
  ...(page === 1 ? {} : { page }),
});
