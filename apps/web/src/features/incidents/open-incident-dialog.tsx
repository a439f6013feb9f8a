import { type FormEvent, useId, useState } from "react";
import { utcStamp } from "../../lib/format.ts";
import { typedTime } from "../../lib/typed-time.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field, Input } from "../../ui/field.tsx";
import { serverNow } from "../../ui/use-now.ts";
import { runWrite } from "../actions/run-write.tsx";
import { reason, useCan } from "../session/use-session.ts";
import { MomentList, useMoments } from "../since/moments.tsx";

/** Says to everybody that something is wrong since a moment; from then on actions bear its id. */
export default function OpenIncidentDialog({ onClose }: { onClose: () => void }) {
  const form = useId();
  const why = reason(useCan()("marker.create"));
  const [draft, setDraft] = useState({ incident: "", title: "", began: "" });
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const moments = useMoments();
  const put = (next: Partial<typeof draft>) => setDraft({ ...draft, ...next });
  const at = draft.began.trim() === "" ? undefined : typedTime(draft.began, serverNow());
  const complaints = {
    title: draft.title.trim() === "" ? "Say what is wrong, in a few words." : null,
    began: at === null ? "Write it as 14:02 or 2026-11-23 14:02." : null,
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (complaints.title !== null || at === null) return;
    setBusy(true);
    const incident = draft.incident.trim();
    const { outcome } = await runWrite({
      endpoint: "createMarker",
      params: {},
      // Its own id, or none: not that of one that is open already.
      body: { kind: "incident", incident, title: draft.title.trim(), ...(at === undefined ? {} : { at }) },
      tried: "Opening the incident",
      done: `${incident === "" ? "The incident" : incident} is open, for everybody`,
    });
    setBusy(false);
    if (outcome === "success") onClose();
  };
  const actions = (
    <>
      <Button type="submit" form={form} tone="primary" busy={busy} disabledReason={why}>
        Open the incident
      </Button>
      <Button onClick={onClose}>Open nothing</Button>
    </>
  );
  return (
    <Dialog title="Open an incident" typing onClose={onClose} actions={actions}>
      <p className="text-dim">
        Everybody sees it on top of every screen. Until it ends, what anybody does here bears its id, unless
        they take it off.
      </p>
      <form id={form} onSubmit={submit} noValidate className="mt-4 grid gap-3 sm:grid-cols-[150px_1fr]">
        <Field label="Id (optional)" hint="Empty: one is made">
          {(ids) => (
            <Input
              {...ids}
              maxLength={100}
              placeholder="INC-2231"
              value={draft.incident}
              onChange={(event) => put({ incident: event.target.value })}
            />
          )}
        </Field>
        <Field label="What is wrong" error={tried ? complaints.title : null}>
          {(ids) => (
            <Input
              {...ids}
              maxLength={200}
              placeholder="Charges time out"
              value={draft.title}
              onChange={(event) => put({ title: event.target.value })}
            />
          )}
        </Field>
        <div className="flex flex-col gap-2 sm:col-span-2">
          <Field label="Since when, UTC" hint="Empty means now" error={tried ? complaints.began : null}>
            {(ids) => (
              <Input
                {...ids}
                placeholder="14:02"
                value={draft.began}
                onChange={(event) => put({ began: event.target.value })}
              />
            )}
          </Field>
          <MomentList
            label="It may have begun"
            moments={moments}
            onPick={(moment) => put({ began: utcStamp(moment) })}
          />
        </div>
      </form>
    </Dialog>
  );
}
