import type { Body } from "@spillway/contract/schemas";
import { type FormEvent, useId, useState } from "react";
import { typedTime } from "../../lib/typed-time.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { SelectField, TextField } from "../../ui/field.tsx";
import { runWrite } from "../actions/run-write.tsx";
import { reason, useCan } from "../session/use-session.ts";

type MarkerBody = Body<"createMarker">;
const kinds = ["deploy", "incident", "note"] as const;
const kindOptions = kinds.map((value) => ({ value, text: value }));

/** A button that opens a small form: what happened, when, where. */
export function AddMarker({ queue }: { queue: string | null }) {
  const can = useCan();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        size="small"
        disabledReason={reason(can("marker.create", queue === null ? null : undefined))}
        onClick={() => setOpen(true)}
      >
        Add a marker…
      </Button>
      {open ? <MarkerDialog queue={queue} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function MarkerDialog({ queue, onClose }: { queue: string | null; onClose: () => void }) {
  const form = useId();
  const [draft, setDraft] = useState({ title: "", kind: "deploy", at: "", link: "" });
  const [busy, setBusy] = useState(false);
  const complaints = complaintsOf(draft);
  const [tried, setTried] = useState(false);
  const put = (next: Partial<typeof draft>) => setDraft({ ...draft, ...next });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(complaints).length > 0) return;
    setBusy(true);
    const { outcome } = await runWrite({
      endpoint: "createMarker",
      params: {},
      body: bodyOf(draft, queue),
      tried: "Adding the marker",
      done: `“${draft.title.trim()}” is on the time axis`,
    });
    setBusy(false);
    if (outcome === "success") onClose();
  };
  const actions = (
    <>
      <Button type="submit" form={form} tone="primary" busy={busy}>
        Add the marker
      </Button>
      <Button onClick={onClose}>Add nothing</Button>
    </>
  );
  return (
    <Dialog title="Add a marker to the time axis" onClose={onClose} actions={actions}>
      <p className="text-dim">
        It shows as a flag in every chart{queue === null ? "" : ` of ${queue}`}, for everybody; verdicts count
        from deploys and incidents.
      </p>
      <form id={form} onSubmit={submit} noValidate className="mt-4 grid gap-3 sm:grid-cols-2">
        <TextField
          label="What happened"
          error={tried ? (complaints.title ?? null) : null}
          maxLength={200}
          placeholder="2.14.0"
          value={draft.title}
          onChange={(event) => put({ title: event.target.value })}
        />
        <SelectField label="Kind" options={kindOptions} value={draft.kind} onPick={(kind) => put({ kind })} />
        <TextField
          label="When, UTC"
          hint="Empty means now"
          error={tried ? (complaints.at ?? null) : null}
          placeholder="2026-11-23 14:02"
          value={draft.at}
          onChange={(event) => put({ at: event.target.value })}
        />
        <TextField
          label="Link (optional)"
          error={tried ? (complaints.link ?? null) : null}
          type="url"
          placeholder="https://…"
          value={draft.link}
          onChange={(event) => put({ link: event.target.value })}
        />
      </form>
    </Dialog>
  );
}

interface Draft {
  title: string;
  kind: string;
  at: string;
  link: string;
}

function complaintsOf({ title, at, link }: Draft): Partial<Record<keyof Draft, string>> {
  return {
    ...(title.trim() === "" && { title: "Say what happened." }),
    ...(at.trim() !== "" && typedTime(at) === null && { at: "Write it as 2026-11-23 14:02." }),
    ...(link.trim() !== "" &&
      !/^https?:\/\/\S+$/.test(link.trim()) && { link: "It must start with https:// or http://." }),
  };
}

function bodyOf({ title, kind, at, link }: Draft, queue: string | null): MarkerBody {
  const when = typedTime(at);
  return {
    title: title.trim(),
    kind: kinds.find((one) => one === kind) ?? "note",
    ...(queue === null ? {} : { queue }),
    ...(at.trim() === "" || when === null ? {} : { at: when }),
    ...(link.trim() === "" ? {} : { link: link.trim() }),
  };
}
