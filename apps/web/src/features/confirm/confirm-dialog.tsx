import { type FormEvent, useId, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field, Input } from "../../ui/field.tsx";
import { EnvironmentName } from "../session/environment-name.tsx";
import { useSession } from "../session/use-session.ts";
import type { Answer, Asked } from "./confirm.ts";

const incidentKey = "spillway.incident";

export default function ConfirmDialog({ asked: { question, answer } }: { asked: Asked }) {
  const { policy } = useSession();
  const form = useId();
  const [reason, setReason] = useState("");
  const [incident, setIncident] = useState("");
  const [complaint, setComplaint] = useState<string | null>(null);
  const required = policy.reason_required.includes(question.action);
  const { asks = { label: "Reason", hint: "Kept in the audit" } } = question;
  const known = sessionStorage.getItem(incidentKey);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (required && reason.trim() === "") return setComplaint("A reason is required for this here.");
    const given: Answer = {};
    if (reason.trim() !== "") given.reason = reason.trim();
    if (incident.trim() !== "") given.incident = incident.trim();
    if (given.incident !== undefined) sessionStorage.setItem(incidentKey, given.incident);
    answer(given);
  };
  const actions = (
    <>
      <Button type="submit" form={form} tone={question.tone === "danger" ? "danger" : "primary"}>
        {question.act}
      </Button>
      <Button onClick={() => answer(null)}>Keep as it is</Button>
    </>
  );
  return (
    <Dialog title={question.title} onClose={() => answer(null)} actions={actions}>
      <div className="flex flex-col gap-2">
        <div>
          <EnvironmentName />
        </div>
        <p>{question.effect}</p>
        {question.consequence === undefined ? null : <p className="text-dim">{question.consequence}</p>}
        <p className="text-dim">{question.wayBack}</p>
        {question.options}
      </div>
      <form id={form} onSubmit={submit} className="mt-4 grid gap-3 sm:grid-cols-[1fr_140px]">
        <Field label={required ? asks.label : `${asks.label} (optional)`} error={complaint} hint={asks.hint}>
          {(ids) => (
            <Input
              {...ids}
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        <Field label="Incident (optional)">
          {(ids) => (
            <Input
              {...ids}
              maxLength={100}
              placeholder={known ?? "INC-…"}
              list={`${form}-known`}
              value={incident}
              onChange={(event) => setIncident(event.target.value)}
            />
          )}
        </Field>
        {known === null ? null : (
          <datalist id={`${form}-known`}>
            <option value={known} />
          </datalist>
        )}
      </form>
    </Dialog>
  );
}
