import { type FormEvent, useId, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { EnvironmentLine } from "../session/environment-name.tsx";
import type { Asked, Standing } from "./confirm.ts";
import { firstReason, givenOf, ReasonFields, reasonComplaint, useReasonRequired } from "./reason-fields.tsx";
import { nameComplaint, TypedName, toneOf } from "./typed-name.tsx";

export default function ConfirmDialog({ asked: { question, answer } }: { asked: Asked }) {
  const form = useId();
  const [draft, setDraft] = useState(firstReason);
  const [typed, setTyped] = useState("");
  const [tried, setTried] = useState(false);
  const required = useReasonRequired(question.action) || question.needsReason === true;
  const { typeName, useStanding = useNothing } = question;
  const { act = question.act, note = null, off = null } = useStanding();
  const complaints = {
    name: typeName === undefined ? null : nameComplaint(typeName.name, typed),
    reason: reasonComplaint(required, draft),
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (off === null && complaints.name === null && complaints.reason === null) answer(givenOf(draft));
  };
  const actions = (
    <>
      <Button
        type="submit"
        form={form}
        tone={toneOf(question.tone === "danger", complaints.name)}
        disabledReason={off}
      >
        {act}
      </Button>
      <Button onClick={() => answer(null)}>Keep as it is</Button>
    </>
  );
  return (
    <Dialog title={question.title} onClose={() => answer(null)} actions={actions}>
      <div className="flex flex-col gap-2">
        <EnvironmentLine />
        <p>{question.effect}</p>
        <p role="status" className="text-paused empty:hidden">
          {note}
        </p>
        {question.consequence === undefined ? null : <p className="text-dim">{question.consequence}</p>}
        <p className="text-dim">{question.wayBack}</p>
        {question.options}
      </div>
      <form id={form} onSubmit={submit} className="mt-4 flex flex-col gap-3">
        {typeName === undefined ? null : (
          <TypedName {...typeName} value={typed} error={tried ? complaints.name : null} onChange={setTyped} />
        )}
        <ReasonFields
          draft={draft}
          onChange={setDraft}
          required={required}
          complaint={tried ? complaints.reason : null}
          asks={question.asks}
        />
      </form>
    </Dialog>
  );
}

/** Of most questions nothing is followed while they stand. */
const useNothing = (): Partial<Standing> => ({});
