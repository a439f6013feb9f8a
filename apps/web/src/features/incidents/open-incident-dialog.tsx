import { useState } from "react";
import { utcStamp } from "../../lib/format.ts";
import { typedTime } from "../../lib/typed-time.ts";
import { TextField } from "../../ui/field.tsx";
import { serverNow } from "../../ui/use-now.ts";
import { MomentList, useMoments } from "../since/moments.tsx";
import { MarkerForm } from "./marker-form.tsx";

interface Draft {
  incident: string;
  title: string;
  /** Since when, as it was typed. */
  began: string;
}

/** Says to everybody that something is wrong since a moment; from then on actions bear its id. */
export default function OpenIncidentDialog({ onClose }: { onClose: () => void }) {
  const [draft, setDraft] = useState<Draft>({ incident: "", title: "", began: "" });
  const put = (next: Partial<Draft>) => setDraft({ ...draft, ...next });
  return (
    <MarkerForm
      title="Open an incident"
      intro="Everybody sees it on top of every screen. Until it ends, what anybody does here bears its id, unless they take it off."
      act="Open the incident"
      keep="Open nothing"
      columns="sm:grid-cols-[150px_1fr]"
      request={requestOf(draft)}
      onClose={onClose}
    >
      {(tried) => (
        <>
          <WhatFields draft={draft} put={put} tried={tried} />
          <WhenField draft={draft} put={put} tried={tried} />
        </>
      )}
    </MarkerForm>
  );
}

/** Undefined: now; null: not understood. */
const beginOf = ({ began }: Draft): string | null | undefined =>
  began.trim() === "" ? undefined : typedTime(began, serverNow());

function requestOf(draft: Draft) {
  const at = beginOf(draft);
  const [title, incident] = [draft.title.trim(), draft.incident.trim()];
  if (title === "" || at === null) return null;
  return {
    // Its own id, or none: not that of one that is open already.
    body: { kind: "incident" as const, incident, title, ...(at === undefined ? {} : { at }) },
    tried: "Opening the incident",
    done: `${incident === "" ? "The incident" : incident} is open, for everybody`,
  };
}

interface FieldsProps {
  draft: Draft;
  put: (next: Partial<Draft>) => void;
  /** Complaints are due. */
  tried: boolean;
}

function WhatFields({ draft, put, tried }: FieldsProps) {
  const missing = tried && draft.title.trim() === "";
  return (
    <>
      <TextField
        label="Id (optional)"
        hint="Empty: one is made"
        maxLength={100}
        placeholder="INC-2231"
        value={draft.incident}
        onChange={({ target }) => put({ incident: target.value })}
      />
      <TextField
        label="What is wrong"
        error={missing ? "Say what is wrong, in a few words." : null}
        maxLength={200}
        placeholder="Charges time out"
        value={draft.title}
        onChange={({ target }) => put({ title: target.value })}
      />
    </>
  );
}

function WhenField({ draft, put, tried }: FieldsProps) {
  const moments = useMoments();
  const wrong = tried && beginOf(draft) === null;
  return (
    <div className="flex flex-col gap-2 sm:col-span-2">
      <TextField
        label="Since when, UTC"
        hint="Empty means now"
        error={wrong ? "Write it as 14:02 or 2026-11-23 14:02." : null}
        placeholder="14:02"
        value={draft.began}
        onChange={({ target }) => put({ began: target.value })}
      />
      {moments.length === 0 ? null : (
        <p aria-hidden className="mt-1 text-xs text-dim">
          It may have begun (press one to take its time)
        </p>
      )}
      <MomentList
        label="It may have begun"
        moments={moments}
        onPick={(moment) => put({ began: utcStamp(moment) })}
      />
    </div>
  );
}
