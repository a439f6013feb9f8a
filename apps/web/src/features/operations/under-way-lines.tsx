import type { Operation } from "@spillway/contract/schemas";
import { ChevronRight, PackageOpen } from "lucide-react";
import { Link } from "react-router";
import { plural, shownClock } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { cx } from "../../ui/cx.ts";
import { rowLink } from "../../ui/table.tsx";
import { useClock } from "../../ui/use-now.ts";
import { isUnderWay } from "./is-under-way.ts";
import { OperationMeter } from "./operation-meter.tsx";
import { OperationStateBadge } from "./operation-state.tsx";
import { hasTrouble, operationLine } from "./operation-story.ts";

interface UnderWayLinesProps {
  operations: readonly Operation[];
  /** All of one queue, whose name need not be said. */
  here: boolean;
}

/** One line an operation, a link to its page. */
export default function UnderWayLines({ operations, here }: UnderWayLinesProps) {
  return (
    <ul aria-label="Under way" className="flex flex-col gap-1.5 text-sm">
      {operations.map((operation) => (
        <li
          key={operation.id}
          className={cx(
            "relative flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 rounded-md border bg-panel px-3 py-1.5 hover:bg-raised",
            hasTrouble(operation) || !isUnderWay(operation) ? "border-paused/60" : "border-accent/40",
          )}
        >
          {isUnderWay(operation) ? (
            <Running operation={operation} here={here} />
          ) : (
            <Held operation={operation} />
          )}
          <ChevronRight size={14} aria-hidden className="text-faint max-sm:hidden" />
        </li>
      ))}
    </ul>
  );
}

const link = cx(rowLink, "min-w-0 [overflow-wrap:anywhere]");

function Running({ operation, here }: { operation: Operation; here: boolean }) {
  return (
    <>
      <OperationStateBadge operation={operation} />
      <Link to={paths.operation(operation.id)} className={link}>
        {here ? "" : `${operation.queue} · `}
        {operationLine(operation)}
      </Link>
      <span className="text-xs text-dim">{operation.actor}</span>
      <span className="ml-auto w-full sm:w-40">
        <OperationMeter operation={operation} />
      </span>
    </>
  );
}

/** `12,400 jobs that ana deleted are held until 03:12Z and can be put back` */
function Held({ operation: { id, held, undo_until, actor } }: { operation: Operation }) {
  const until = useClock((now) => (undo_until === null ? "" : ` until ${shownClock(undo_until, now)}`));
  return (
    <>
      <PackageOpen size={14} aria-hidden className="shrink-0 text-paused" />
      <Link to={paths.operation(id)} className={cx(link, "flex-1")}>
        {plural(held?.count ?? 0, "job")} that {actor} deleted {held?.count === 1 ? "is" : "are"} held{until}{" "}
        and can be put back
      </Link>
    </>
  );
}
