import { CopyButton } from "../../ui/copy-button.tsx";
import { useSession } from "../session/use-session.ts";
import { type Note, printNote } from "./notes.ts";

interface CopyNoteButtonProps {
  note: () => Note;
  label?: string;
  size?: "small" | "normal";
}

/** Copies what is on screen as Markdown; `note` is called when pressed. */
export function CopyNoteButton({ note, label = "Copy for notes", size = "small" }: CopyNoteButtonProps) {
  const session = useSession();
  return <CopyButton size={size} label={label} text={() => printNote(note(), session)} />;
}
