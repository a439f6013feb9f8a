import type { Problem } from "@spillway/contract/schemas";
import { Button } from "../../ui/button.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";

interface ConflictNoteProps {
  current: NonNullable<Problem["current"]>;
  onClose: () => void;
}

/** Nothing was done because the job moved on; this is what is true now. */
export function ConflictNote({ current, onClose }: ConflictNoteProps) {
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-x-2 gap-y-1 rounded-lg border border-paused/50 bg-warn-wash px-4 py-2.5 text-sm"
    >
      <strong className="font-semibold">Nothing was done: the job has moved on.</strong>
      {current.state === null ? <span>It no longer exists.</span> : <span>It is now</span>}
      {current.state === null ? null : <StateBadge state={current.state} />}
      {current.by === null ? null : <span className="text-dim">after {current.by} acted on it</span>}
      <span className="text-dim">What you see below is up to date; decide again.</span>
      <Button size="small" className="ml-auto" onClick={onClose}>
        All right
      </Button>
    </div>
  );
}
