import { type FormEvent, type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { cx } from "../../ui/cx.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { runWrite, type WriteRequest } from "../actions/run-write.tsx";
import { reason, useCan } from "../session/use-session.ts";

interface MarkerFormProps {
  title: string;
  /** What follows, in a sentence. */
  intro: string;
  /** On the button that writes, and on the one that does not. */
  act: string;
  keep: string;
  /** Its columns from tablets up. */
  columns: string;
  /** What is to be written; null while something is missing or wrong. */
  request: Omit<WriteRequest<"createMarker">, "endpoint" | "params"> | null;
  /** Enter alone sends nothing: with Ctrl or ⌘ it does, as the button. */
  enterNeedsModifier?: boolean;
  onClose: () => void;
  /** The fields; `tried`: complaints are due. */
  children: (tried: boolean) => ReactNode;
}

/** Asks for something to stand on the time axis, for everybody, and writes it. */
export function MarkerForm(props: MarkerFormProps) {
  const { title, intro, act, keep, columns, request, enterNeedsModifier, onClose, children } = props;
  const form = useId();
  const isForAll = request !== null && request.body.queue === undefined;
  const why = reason(useCan()("marker.create", isForAll ? null : undefined));
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (request === null) return;
    setBusy(true);
    const { outcome } = await runWrite({ endpoint: "createMarker", params: {}, ...request });
    setBusy(false);
    if (outcome === "success") onClose();
  };
  const actions = (
    <>
      <Button type="submit" form={form} tone="primary" busy={busy} disabledReason={why}>
        {act}
      </Button>
      <Button onClick={onClose}>{keep}</Button>
    </>
  );
  return (
    <Dialog title={title} typing onClose={onClose} actions={actions}>
      <p className="text-dim">{intro}</p>
      <form
        id={form}
        onSubmit={submit}
        onKeyDown={enterNeedsModifier ? sendByModifier : undefined}
        noValidate
        className={cx("mt-4 grid gap-3", columns)}
      >
        {children(tried)}
      </form>
    </Dialog>
  );
}

function sendByModifier(event: KeyboardEvent<HTMLFormElement>): void {
  if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
  event.preventDefault();
  if (event.metaKey || event.ctrlKey) event.currentTarget.requestSubmit();
}
