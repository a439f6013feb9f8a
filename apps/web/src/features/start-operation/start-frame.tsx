import { type FormEvent, type ReactNode, useId, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import type { Answer } from "../confirm/confirm.ts";
import {
  firstReason,
  givenOf,
  ReasonFields,
  reasonComplaint,
  useReasonRequired,
} from "../confirm/reason-fields.tsx";
import { nameComplaint, TypedName, toneOf } from "../confirm/typed-name.tsx";
import { EnvironmentLine } from "../session/environment-name.tsx";
import { RefusalNote } from "./refusal-note.tsx";
import type { Refusal } from "./use-start.ts";

interface StartFrameProps {
  title: string;
  /** The action's name; the policy may require a reason for it. */
  action: string;
  /** On the button: exactly what it does. */
  act: string;
  danger?: boolean;
  /** Why it can't begin now, as a sentence, or null. */
  off: string | null;
  busy: boolean;
  refusal: Refusal | null;
  /** Whether every field inside can be sent; each says itself what is wrong once `tried`. */
  valid: boolean;
  /** The name of the queue has to be typed, and why. */
  typeName?: { name: string; why: string } | null;
  /** What happens and how to go back, below the fields. */
  effect: ReactNode;
  onSubmit: (answer: Answer) => void;
  onCancel: () => void;
  children: (tried: boolean) => ReactNode;
}

/** What all dialogs that begin an operation share: where it is, why it is done, the button, and what stood in its way. */
export function StartFrame(props: StartFrameProps) {
  const {
    title,
    act,
    danger = false,
    off,
    busy,
    refusal,
    valid,
    typeName = null,
    onSubmit,
    onCancel,
  } = props;
  const form = useId();
  const [draft, setDraft] = useState(firstReason);
  const [typed, setTyped] = useState("");
  const [tried, setTried] = useState(false);
  const required = useReasonRequired(props.action);
  const complaints = {
    name: typeName === null ? null : nameComplaint(typeName.name, typed),
    reason: reasonComplaint(required, draft),
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (off === null && !busy && valid && complaints.name === null && complaints.reason === null)
      onSubmit(givenOf(draft));
  };
  const actions = (
    <>
      <Button
        type="submit"
        form={form}
        tone={toneOf(danger, complaints.name)}
        disabledReason={off}
        busy={busy}
      >
        {act}
      </Button>
      <Button onClick={onCancel}>Keep as it is</Button>
    </>
  );
  return (
    <Dialog title={title} size="wide" onClose={onCancel} actions={actions}>
      <form id={form} onSubmit={submit} noValidate className="flex flex-col gap-4">
        <EnvironmentLine />
        {props.children(tried)}
        <div className="flex flex-col gap-1 text-sm">{props.effect}</div>
        {typeName === null ? null : (
          <TypedName {...typeName} value={typed} error={tried ? complaints.name : null} onChange={setTyped} />
        )}
        <ReasonFields
          draft={draft}
          onChange={setDraft}
          required={required}
          complaint={tried ? complaints.reason : null}
        />
        <RefusalNote refusal={refusal} onLeave={onCancel} />
      </form>
    </Dialog>
  );
}
