import { useId } from "react";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import { incidentNow } from "../incidents/recent-markers.ts";
import { useSession } from "../session/use-session.ts";
import type { Answer, Question } from "./confirm.ts";

const incidentKey = "spillway.incident";

/** What is typed into the two fields. */
export interface ReasonDraft {
  reason: string;
  incident: string;
}

/** No reason, and the incident that is open, for everybody. */
export const firstReason = (): ReasonDraft => ({ reason: "", incident: incidentNow() ?? "" });

interface ReasonFieldsProps {
  draft: ReasonDraft;
  onChange: (next: ReasonDraft) => void;
  required: boolean;
  complaint: string | null;
  asks?: Question["asks"];
}

const usual = { label: "Reason", hint: "Kept in the audit" };

/** Why something is done, and the incident it belongs to: on every question; the reason is never filled in by itself. */
export function ReasonFields({ draft, onChange, required, complaint, asks = usual }: ReasonFieldsProps) {
  const list = useId();
  const known = sessionStorage.getItem(incidentKey);
  return (
    <div className="grid gap-3 sm:grid-cols-[1fr_170px]">
      <TextField
        label={required ? asks.label : `${asks.label} (optional)`}
        error={complaint}
        hint={asks.hint}
        maxLength={500}
        value={draft.reason}
        onChange={(event) => onChange({ ...draft, reason: event.target.value })}
      />
      <TextField
        label="Incident (optional)"
        maxLength={100}
        placeholder="e.g. INC-77"
        list={list}
        value={draft.incident}
        onChange={(event) => onChange({ ...draft, incident: event.target.value })}
      />
      {known === null || draft.incident.trim() !== "" ? null : (
        <p className="text-xs text-dim sm:col-span-2 sm:text-right">
          You named {known} before.{" "}
          <Button size="small" onClick={() => onChange({ ...draft, incident: known })}>
            Take {known}
          </Button>
        </p>
      )}
      {known === null ? null : (
        <datalist id={list}>
          <option value={known} />
        </datalist>
      )}
    </div>
  );
}

/** Whether the policy asks for a reason for this action. */
export const useReasonRequired = (action: string): boolean =>
  useSession().policy.reason_required.includes(action);

/** What to say where a reason is required and missing, or null. */
export const reasonComplaint = (required: boolean, { reason }: ReasonDraft): string | null =>
  required && reason.trim() === "" ? "A reason is required for this here." : null;

/** As it is sent; the incident is offered again in this tab. */
export function givenOf({ reason, incident }: ReasonDraft): Answer {
  const given: Answer = {};
  if (reason.trim() !== "") given.reason = reason.trim();
  // Taken off is said too: else what is open would stand in.
  if (incident.trim() !== "" || incidentNow() !== null) given.incident = incident.trim();
  if (given.incident) sessionStorage.setItem(incidentKey, given.incident);
  return given;
}
