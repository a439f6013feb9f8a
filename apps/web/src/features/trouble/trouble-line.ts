import type { Trouble } from "@spillway/contract/schemas";
import { utcStamp } from "../../lib/format.ts";
import { codeName } from "../notes/notes.ts";

/** A finding in one line for notes: what, since when, who is on it until when. */
export function troubleLine({ queue, severity, text, since, acked }: Trouble): string {
  const where = queue === null ? "" : `${codeName(queue)}: `;
  const note = acked?.note ? ` “${codeName(acked.note)}”` : "";
  const until = acked?.until ? ` until ${utcStamp(acked.until)}` : "";
  const on =
    acked === null ? "" : ` (${codeName(acked.by)} is on it since ${utcStamp(acked.at)}${until}${note})`;
  return `${severity}: ${where}${text} Since ${utcStamp(since)}${on}`;
}
