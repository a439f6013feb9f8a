import type { Operation } from "@spillway/contract/schemas";
import { PackageOpen } from "lucide-react";
import { plural, utcClock } from "../../lib/format.ts";
import { Button } from "../../ui/button.tsx";
import { Panel } from "../../ui/panel.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { useClock } from "../../ui/use-now.ts";

interface HeldPanelProps {
  operation: Operation;
  /** Why they can't be pressed, or null. */
  off: { undo: string | null; purge: string | null };
  onUndo: () => void;
  onPurge: () => void;
}

/** Jobs that were moved aside: until when they can be put back, and what became of them. */
export function HeldPanel({ operation, off, onUndo, onPurge }: HeldPanelProps) {
  const { held, undo_until } = operation;
  if (held === null) return null;
  const jobs = plural(held.count, "job");
  return (
    <Panel tone={held.state === "held" ? "warn" : "plain"}>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <PackageOpen size={20} aria-hidden className="shrink-0 text-dim" />
        <div className="min-w-0 flex-1 basis-64">
          {held.state === "held" && undo_until !== null ? (
            <HeldUntil jobs={jobs} until={undo_until} />
          ) : (
            <p className="text-base font-medium">{words[held.state](jobs)}</p>
          )}
        </div>
        {held.state === "held" ? (
          <div className="flex flex-wrap gap-2">
            <Button tone="primary" disabledReason={off.undo} onClick={onUndo}>
              Put them back…
            </Button>
            <Button
              disabledReason={off.purge}
              className={off.purge === null ? "text-failed!" : ""}
              onClick={onPurge}
            >
              Purge now…
            </Button>
          </div>
        ) : null}
      </div>
    </Panel>
  );
}

function HeldUntil({ jobs, until }: { jobs: string; until: string }) {
  const when = useClock((now) => utcClock(until, now));
  return (
    <>
      <p className="text-base font-medium">
        {jobs} held until {when}
      </p>
      <p className="text-sm text-dim">
        They are out of the queue and run nowhere. They are deleted for good <RelativeTime at={until} />,
        unless somebody puts them back.
      </p>
    </>
  );
}

const words: Record<NonNullable<Operation["held"]>["state"], (jobs: string) => string> = {
  held: (jobs) => `${jobs} held`,
  restoring: (jobs) => `${jobs} held are being put back…`,
  restored: (jobs) => `${jobs} were put back.`,
  purging: (jobs) => `${jobs} held are being deleted for good…`,
  purged: (jobs) => `${jobs} were deleted for good.`,
};
