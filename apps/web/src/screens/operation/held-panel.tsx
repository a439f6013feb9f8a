import type { Operation } from "@spillway/contract/schemas";
import { PackageOpen } from "lucide-react";
import { plural, shownClock } from "../../lib/format.ts";
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

/** Jobs that were moved aside, as long as they can be put back. */
export function HeldPanel({ operation, off, onUndo, onPurge }: HeldPanelProps) {
  const { held, undo_until } = operation;
  if (held?.state !== "held") return null;
  return (
    <Panel tone="warn">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <PackageOpen size={20} aria-hidden className="shrink-0 text-dim" />
        <div className="min-w-0 flex-1 basis-64">
          <HeldUntil jobs={plural(held.count, "job")} until={undo_until} />
        </div>
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
      </div>
    </Panel>
  );
}

function HeldUntil({ jobs, until }: { jobs: string; until: string | null }) {
  const when = useClock((now) => (until === null ? "" : ` until ${shownClock(until, now)}`));
  return (
    <>
      <p className="text-base font-medium">
        {jobs} held{when}
      </p>
      <p className="text-sm text-dim">
        They are out of the queue and run nowhere. They are deleted for good{" "}
        {until === null ? "later" : <RelativeTime at={until} />}, unless somebody puts them back.
      </p>
    </>
  );
}
