import { formatAge } from "../../lib/format.ts";
import { Meter } from "../../ui/meter.tsx";
import { useClock } from "../../ui/use-now.ts";
import type { WorkerRow } from "./worker-facts.ts";

/** A worker silent for longer is late, for longer than `lostAfter` lost; seconds. */
const lateAfter = 15;
const lostAfter = 45;

/** How long ago it was last heard, as a bar that fills until it counts as lost. */
export function Heartbeat({ row: { beatAt, frozenAt } }: { row: WorkerRow }) {
  const age = useClock((now) =>
    beatAt === null ? null : Math.max(0, Math.floor(((frozenAt ?? now) - beatAt) / 1000)),
  );
  if (age === null) {
    return (
      <span className="text-faint" data-tip="It sends no heartbeat, or its source does not show one.">
        none seen
      </span>
    );
  }
  return (
    <span className="flex items-center gap-2">
      <span className="w-16 shrink-0">
        <Meter
          value={age}
          max={lostAfter}
          label={`Last heartbeat ${formatAge(age)} ago; late after ${lateAfter} s, lost after ${lostAfter} s`}
          warnAt={lateAfter / lostAfter}
        />
      </span>
      <span className="whitespace-nowrap">{formatAge(age)}</span>
    </span>
  );
}
