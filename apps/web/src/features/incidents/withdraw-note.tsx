import type { Marker } from "@spillway/contract/schemas";
import { runWrite } from "../actions/run-write.tsx";
import { useCan } from "../session/use-session.ts";

type Note = Pick<Marker, "id" | "title" | "incident">;

/** Takes a note off the time axis and out of its story, for everybody; who may write one may take it back. */
const withdraw = ({ id, title, incident }: Note) =>
  runWrite({
    endpoint: "withdrawMarker",
    params: { marker_id: id },
    body: { incident: incident ?? "" },
    tried: "Withdrawing the note",
    done: `The note “${title}” is withdrawn; its record stays`,
  });

export function WithdrawButton({ note }: { note: Note }) {
  return (
    <button type="button" className="text-xs text-accent hover:underline" onClick={() => void withdraw(note)}>
      Withdraw
    </button>
  );
}

/** Beside a marker in a list: nothing where it is no note, or none that may be withdrawn here. */
export function WithdrawMarker({ marker }: { marker: Marker }) {
  const may = useCan()("marker.withdraw", marker.queue === null ? null : undefined);
  return marker.kind === "note" && may === true ? <WithdrawButton note={marker} /> : null;
}
