import { type FormEvent, useId, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Checkbox } from "../../ui/checkbox.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field, Input } from "../../ui/field.tsx";
import { runWrite } from "../actions/run-write.tsx";
import { lastingAddress } from "../notes/lasting-address.ts";
import { reason, useCan } from "../session/use-session.ts";
import { useOpenIncidents } from "./use-incidents.ts";

/** Longer addresses are not worth a link. */
const longest = 2000;

/** A note in an incident's story, with a link to what was on screen when it was written. */
export default function NoteDialog({ onClose }: { onClose: () => void }) {
  const form = useId();
  const why = reason(useCan()("marker.create"));
  const [open] = useOpenIncidents();
  const [incident, setIncident] = useState(open?.incident ?? "");
  const [title, setTitle] = useState("");
  const [linked, setLinked] = useState(true);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const link = lastingAddress();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (title.trim() === "") return;
    setBusy(true);
    const id = incident.trim();
    const { outcome } = await runWrite({
      endpoint: "createMarker",
      params: {},
      body: {
        kind: "note",
        title: title.trim(),
        incident: id,
        ...(linked && link.length <= longest ? { link } : {}),
      },
      tried: "Adding the note",
      done: id === "" ? "The note is on the time axis" : `The note is in the story of ${id}`,
    });
    setBusy(false);
    if (outcome === "success") onClose();
  };
  const actions = (
    <>
      <Button type="submit" form={form} tone="primary" busy={busy} disabledReason={why}>
        Add the note
      </Button>
      <Button onClick={onClose}>Add nothing</Button>
    </>
  );
  return (
    <Dialog title="Add a note" typing onClose={onClose} actions={actions}>
      <p className="text-dim">
        {open === undefined
          ? "No incident is open: it becomes a marker on the time axis, for everybody."
          : `It stands in the story of ${open.incident} and on the time axis, for everybody.`}
      </p>
      <form id={form} onSubmit={submit} noValidate className="mt-4 grid gap-3 sm:grid-cols-[1fr_140px]">
        <Field label="Note" error={tried && title.trim() === "" ? "Write something." : null}>
          {(ids) => (
            <Input
              {...ids}
              maxLength={500}
              value={title}
              onChange={(event) => setTitle(event.target.value)}
            />
          )}
        </Field>
        <Field label="Incident (optional)">
          {(ids) => (
            <Input
              {...ids}
              maxLength={100}
              placeholder="INC-…"
              value={incident}
              onChange={(event) => setIncident(event.target.value)}
            />
          )}
        </Field>
        <Checkbox
          label="With a link to this screen"
          visibleLabel
          checked={linked}
          onChange={({ checked }) => setLinked(checked)}
        />
      </form>
    </Dialog>
  );
}
