import { CopyButton } from "../../ui/copy-button.tsx";
import { useSession } from "../session/use-session.ts";
import { type Note, printNote } from "./notes.ts";

/** Copies what is on screen as Markdown; `note` is called when pressed. */
export function CopyNoteButton({ note, label = "Copy for notes" }: { note: () => Note; label?: string }) {
  const session = useSession();
  return <CopyButton size="small" label={label} text={() => printNote(note(), session)} />;
}
