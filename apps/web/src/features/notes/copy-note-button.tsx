import { CopyButton } from "../../ui/copy-button.tsx";
import { useSession } from "../session/use-session.ts";
import { CopyMenu } from "./copy-menu.tsx";
import { type Note, printNote } from "./notes.ts";

interface CopyNoteButtonProps {
  note: () => Note;
  label?: string;
  /** Where the API tells the same; with it, the link and the command stand beside. */
  asked?: () => string;
  size?: "small" | "normal";
}

/** Copies what is on screen as Markdown; `note` is called when pressed. */
export function CopyNoteButton({
  note,
  label = "Copy for notes",
  asked,
  size = "small",
}: CopyNoteButtonProps) {
  const session = useSession();
  const button = <CopyButton size={size} label={label} text={() => printNote(note(), session)} />;
  if (asked === undefined) return button;
  return (
    <span className="inline-flex">
      {button}
      <CopyMenu asked={asked} />
    </span>
  );
}
