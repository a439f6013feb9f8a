import type { Session } from "@spillway/contract/schemas";
import { useSession } from "../session/use-session.ts";

/** What people were asked to know before they retry this task, or null. */
export const taskNote = (session: Session, task: string): string | null =>
  Object.hasOwn(session.task_notes, task) ? (session.task_notes[task] ?? null) : null;

/** The notes of these tasks, each once; shown before any retry. */
export function TaskNotes({ tasks }: { tasks: readonly (string | null)[] }) {
  const session = useSession();
  return [...new Set(tasks)].map((task) => {
    const note = task === null ? null : taskNote(session, task);
    return note === null ? null : (
      <p key={task} className="rounded-md border border-paused/50 bg-warn-wash px-3 py-2 text-sm">
        <strong className="font-mono text-xs">{task}</strong> {note}
      </p>
    );
  });
}
