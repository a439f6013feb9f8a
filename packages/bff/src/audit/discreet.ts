import type { Intent, Outcome } from "@spillway/contract/schemas";
import type { Redactor } from "../redaction/index.ts";

/** What people type ends up in many hands: no secret goes on record, by mistake or not. Ids stay as they are. */
export function discreetIntent(intent: Intent, redactor: Redactor): Intent {
  const { actor, reason, incident, details, idempotency_key: key } = intent;
  const shown = (text: string | null): string | null => (text === null ? null : redactor.value(text));
  return {
    ...intent,
    actor: { ...actor, id: redactor.value(actor.id), name: redactor.value(actor.name) },
    reason: shown(reason),
    incident: shown(incident),
    details: redactor.deep(details),
    idempotency_key: shown(key),
  };
}

export function discreetOutcome(outcome: Outcome, redactor: Redactor): Outcome {
  const { error, details } = outcome;
  return {
    ...outcome,
    error: error && { code: error.code, message: redactor.value(error.message) },
    details: redactor.deep(details),
  };
}
