import type { Marker } from "@spillway/contract/schemas";
import { useState } from "react";
import { Checkbox } from "../../ui/checkbox.tsx";
import { cx } from "../../ui/cx.ts";
import { box, Field, TextField } from "../../ui/field.tsx";
import { lastingAddress } from "../notes/lasting-address.ts";
import { MarkerForm } from "./marker-form.tsx";
import { useOpenIncidents } from "./use-incidents.ts";
import { WithdrawButton } from "./withdraw-note.tsx";

/** Longer addresses are not worth a link. */
const longest = 2000;

/** A note in an incident's story, with a link to what was on screen when it was written. */
export default function NoteDialog({ onClose }: { onClose: () => void }) {
  const [open] = useOpenIncidents();
  const [draft, setDraft] = useState({ title: "", incident: open?.incident ?? "", linked: true });
  const put = (next: Partial<typeof draft>) => setDraft({ ...draft, ...next });
  return (
    <MarkerForm
      title="Add a note"
      intro={
        open === undefined
          ? "No incident is open: it becomes a marker on the time axis, for everybody."
          : `It stands in the story of ${open.incident} and on the time axis, for everybody.`
      }
      act="Add the note"
      keep="Add nothing"
      columns="sm:grid-cols-[1fr_140px]"
      request={requestOf(draft)}
      enterNeedsModifier
      onClose={onClose}
    >
      {(tried) => <NoteFields draft={draft} put={put} missing={tried && draft.title.trim() === ""} />}
    </MarkerForm>
  );
}

interface Draft {
  title: string;
  incident: string;
  /** With a link to this screen. */
  linked: boolean;
}

type MarkerNamed = Pick<Marker, "id" | "incident">;

function requestOf({ title, incident, linked }: Draft) {
  if (title.trim() === "") return null;
  const id = incident.trim();
  const link = lastingAddress();
  return {
    body: {
      kind: "note" as const,
      // A title is one line, wherever it is shown.
      title: title.trim().replace(/\s*\n\s*/g, " "),
      incident: id,
      ...(linked && link.length <= longest ? { link } : {}),
    },
    tried: "Adding the note",
    wayBack: (note: MarkerNamed) => <WithdrawButton note={{ ...note, title: title.trim() }} />,
    done: id === "" ? "The note is on the time axis" : `The note is in the story of ${id}`,
  };
}

interface NoteFieldsProps {
  draft: Draft;
  put: (next: Partial<Draft>) => void;
  missing: boolean;
}

function NoteFields({ draft, put, missing }: NoteFieldsProps) {
  return (
    <>
      <Field label="Note" hint="Ctrl Enter or ⌘ Enter adds it" error={missing ? "Write something." : null}>
        {(ids) => (
          <textarea
            {...ids}
            rows={3}
            maxLength={500}
            className={cx(box, "h-auto! py-1.5")}
            value={draft.title}
            onChange={({ target }) => put({ title: target.value })}
          />
        )}
      </Field>
      <TextField
        label="Incident (optional)"
        maxLength={100}
        placeholder="e.g. INC-77"
        value={draft.incident}
        onChange={({ target }) => put({ incident: target.value })}
      />
      <Checkbox
        label="With a link to this screen"
        visibleLabel
        checked={draft.linked}
        onChange={({ checked }) => put({ linked: checked })}
      />
    </>
  );
}
