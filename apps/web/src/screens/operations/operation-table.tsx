import type { Operation } from "@spillway/contract/schemas";
import { Link } from "react-router";
import { Why } from "../../features/incidents/why.tsx";
import { isUnderWay } from "../../features/operations/is-under-way.ts";
import { OperationMeter } from "../../features/operations/operation-meter.tsx";
import { OperationStateBadge } from "../../features/operations/operation-state.tsx";
import {
  operationName,
  paceWords,
  putsBack,
  settledOf,
  troubleParts,
} from "../../features/operations/operation-words.ts";
import { formatCount, shownClock } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { aboveRowLink, type Column, rowLink, Table } from "../../ui/table.tsx";
import { useClock } from "../../ui/use-now.ts";

const columns: readonly Column<Operation>[] = [
  { key: "what", head: "What", width: "w-46", cell: (one) => <What operation={one} /> },
  { key: "state", head: "State", width: "w-34", cell: (one) => <OperationStateBadge operation={one} /> },
  { key: "queue", head: "Queue", width: "w-30", from: "md", cell: (one) => <QueueLink operation={one} /> },
  { key: "far", head: "How far", cell: (one) => <HowFar operation={one} /> },
  { key: "who", head: "Who", width: "w-28", from: "lg", cell: ({ actor }) => actor },
  {
    key: "why",
    head: "Why",
    width: "w-64",
    from: "lg",
    cell: ({ reason, incident }) => <Why reason={reason} incident={incident} />,
  },
  {
    key: "since",
    head: "Since",
    align: "right",
    width: "w-24",
    cell: ({ created_at }) => <RelativeTime at={created_at} />,
  },
];

/** Those under way first, then the newest. */
export const inOrder = (operations: readonly Operation[]): Operation[] =>
  operations.toSorted(
    (a, b) => Number(isUnderWay(b)) - Number(isUnderWay(a)) || b.created_at.localeCompare(a.created_at),
  );

/** One row an operation: what, where, how far, who, why, since when. */
export function OperationTable({ operations }: { operations: readonly Operation[] }) {
  return (
    <Table
      label="Operations"
      columns={columns}
      rows={inOrder(operations)}
      rowId={({ id }) => id}
      sticky={false}
      card={(one) => (
        <>
          <What operation={one} />
          <span className="text-xs">
            <OperationStateBadge operation={one} />
          </span>
        </>
      )}
      cardNote={(one) => (
        <>
          <QueueLink operation={one} />
          <span>{one.actor}</span>
          <RelativeTime at={one.created_at} />
          <span className="w-full">
            <HowFar operation={one} />
          </span>
          {one.reason === null && one.incident === null ? null : (
            <Why reason={one.reason} incident={one.incident} roomy />
          )}
        </>
      )}
    />
  );
}

const What = ({ operation }: { operation: Operation }) => (
  <Link to={paths.operation(operation.id)} className={`${rowLink} font-medium`}>
    {operationName(operation)}
  </Link>
);

const QueueLink = ({ operation: { queue } }: { operation: Operation }) => (
  <Link to={paths.queue(queue)} className={`${aboveRowLink} hover:text-accent hover:underline`}>
    {queue}
  </Link>
);

/** The meter, and beside it the figures, the pace or what went wrong. */
function HowFar({ operation }: { operation: Operation }) {
  const { state, done, matched } = operation;
  const pace = state === "running" ? paceWords(operation) : "";
  // The bar beside it shows what became of them.
  const ended =
    operation.kind === "redrive" ? operation.phases.reduce((sum, phase) => sum + settledOf(phase), 0) : null;
  return (
    <span className="flex max-w-full items-center gap-3">
      <span className="w-24 shrink-0">
        <OperationMeter operation={operation} />
      </span>
      <span className="min-w-0 truncate text-xs text-dim">
        {formatCount(done)} of {formatCount(matched)}
        {putsBack(operation) ? " put back" : ""}
        {ended === null ? "" : `, ${formatCount(ended)} done`}
        {pace === "" ? "" : ` · ${pace}`}
        {troubleParts(operation).map(({ text, tone }) => (
          <span key={text} className={tones[tone]}>
            {" "}
            · {text}
          </span>
        ))}
        <Held operation={operation} />
      </span>
    </span>
  );
}

function Held({ operation: { held, undo_until } }: { operation: Operation }) {
  const until = useClock((now) => (undo_until === null ? null : shownClock(undo_until, now)));
  if (held?.state !== "held" || until === null) return null;
  return <span className="text-paused"> · can be put back until {until}</span>;
}

const tones = { plain: undefined, bad: "text-failed", warn: "text-paused" };
