import { buildQuery } from "@spillway/contract/paths";
import type { Operation, OperationPhase } from "@spillway/contract/schemas";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { isUnderWay } from "../../features/operations/is-under-way.ts";
import { phaseWord, stopsWords, targetWords } from "../../features/operations/phase-words.ts";
import { formatDuration, plural, shownClock, shownTime } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { cx } from "../../ui/cx.ts";
import { Panel } from "../../ui/panel.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { useClock } from "../../ui/use-now.ts";
import { PhaseFigures, PhasePicture } from "./phase-picture.tsx";

interface PhaseListProps {
  operation: Operation;
  /** The button that begins the next phase, put beside it. */
  advance: ReactNode;
}

/** The phases in their order: what each is, what became of its jobs, and what was made of it. */
export function PhaseList({ operation, advance }: PhaseListProps) {
  const next = operation.phases.find(({ state }) => state === "waiting");
  return (
    <Panel title="Phases" note="each is judged by the fate of its own jobs before the next begins" flush>
      <ol className="flex flex-col">
        {operation.phases.map((phase) => (
          <PhaseRow
            key={phase.number}
            operation={operation}
            phase={phase}
            advance={phase === next ? advance : null}
          />
        ))}
      </ol>
    </Panel>
  );
}

const rings: Record<OperationPhase["state"], string> = {
  waiting: "border-line-strong text-dim",
  running: "border-active text-active",
  settling: "border-active text-active",
  passed: "border-completed text-completed",
  regressed: "border-failed text-failed",
  undecided: "border-paused text-paused",
  cancelled: "border-line text-faint",
};

/** One that somebody went on from says no more what to do about it. */
const lookOf = ({ state, overruled_by }: OperationPhase): OperationPhase["state"] =>
  overruled_by === null ? state : "undecided";

function PhaseRow(props: { operation: Operation; phase: OperationPhase; advance: ReactNode }) {
  const { operation, phase, advance } = props;
  const { number, target, size, state } = phase;
  const begun = size > 0 && (phase.retried + phase.skipped > 0 || state === "running");
  return (
    <li
      aria-label={`Phase ${number}`}
      className={cx(
        "grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-2 border-t border-line px-4 py-3.5 first:border-t-0 sm:grid-cols-[auto_minmax(0,1fr)_auto]",
      )}
    >
      <span
        aria-hidden
        className={cx(
          "mt-px inline-flex size-6 items-center justify-center rounded-full border-[1.5px] text-xs font-semibold",
          rings[lookOf(phase)],
        )}
      >
        {number}
      </span>
      <div className="flex min-w-0 flex-col gap-2">
        <p className="flex flex-wrap items-baseline gap-x-3">
          <strong className="font-semibold">{targetWords(number, target, size)}</strong>
          {operation.gate === null || size === 0 ? null : (
            <span className="text-xs text-dim">{stopsWords(operation.gate, size)}</span>
          )}
        </p>
        {begun ? <PhasePicture phase={phase} /> : null}
        {phase.verdict !== null && state !== "running" && state !== "settling" ? (
          <p className={cx("text-sm", lookOf(phase) === "regressed" ? "text-failed" : "text-dim")}>
            {phase.verdict}
          </p>
        ) : begun ? (
          <PhaseFigures phase={phase} />
        ) : null}
        <FailingShapes queue={operation.queue} shapes={phase.failing_shapes} />
      </div>
      <div className="col-start-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm sm:col-start-3 sm:flex-col sm:items-end">
        <PhaseState operation={operation} phase={phase} />
        {advance}
      </div>
    </li>
  );
}

function FailingShapes({ queue, shapes }: { queue: string; shapes: OperationPhase["failing_shapes"] }) {
  if (shapes.length === 0) return null;
  return (
    <ul aria-label="What fails again" className="flex flex-col gap-1 text-sm">
      {shapes.map(({ shape_id, title, count }) => (
        <li key={shape_id} className="flex min-w-0 items-baseline gap-2">
          <span className="shrink-0 whitespace-nowrap text-failed">✕ {plural(count, "job")}</span>
          <Link
            to={`${paths.jobs(queue)}${buildQuery({ state: "failed", error_shape: shape_id })}`}
            className="min-w-0 [overflow-wrap:anywhere] text-accent hover:underline"
          >
            {title}
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** Where it stands: which phase it waits for, how long it still settles, when it was. */
function PhaseState({ operation, phase }: { operation: Operation; phase: OperationPhase }) {
  const { state, retried } = phase;
  switch (state) {
    case "waiting":
      return <span className="text-dim">{waitsWords(operation, phase)}</span>;
    case "running":
      return <StateBadge state="running">{phaseWord(phase)}</StateBadge>;
    case "settling":
      return <Settling phase={phase} />;
    case "passed":
    case "regressed":
    case "undecided":
      return (
        <>
          <StateBadge state={phase.overruled_by === null ? badges[state] : "asking"}>
            {phaseWord(phase)}
          </StateBadge>
          <Span phase={phase} />
        </>
      );
    case "cancelled":
      return <StateBadge state="stopped">{retried === 0 ? notBegun : phaseWord(phase)}</StateBadge>;
  }
}

const badges = { passed: "completed", regressed: "failed", undecided: "unknown" } as const;

const notBegun = "not begun";

function waitsWords({ gate, state }: Operation, { number }: OperationPhase): string {
  // Of an operation that has ended nothing begins any more.
  if (!isUnderWay({ state }) || state === "scheduled" || number === 1) return notBegun;
  // What did not pass opens the way to nothing by itself.
  const byHand = gate?.advance === "manual" || state === "awaiting_operator";
  return `waits for ${number - 1}; ${byHand ? "you begin it" : "begins by itself"}`;
}

/** `settling, 38 s`; without a time where jobs have not started, for theirs has not begun. */
function Settling({ phase: { settles_at } }: { phase: OperationPhase }) {
  const left = useClock((now) =>
    settles_at === null ? null : Math.max(0, Math.ceil((Date.parse(settles_at) - now) / 1000)),
  );
  return (
    <>
      <StateBadge state="settling">
        {left === null ? "settling" : left === 0 ? "being judged" : `settling, ${formatDuration(left)}`}
      </StateBadge>
      {settles_at === null ? <span className="text-xs text-dim">its time begins as jobs start</span> : null}
    </>
  );
}

/** `14:21:00–14:22:04Z` */
function Span({ phase: { started_at, finished_at } }: { phase: OperationPhase }) {
  const text = useClock((now) => {
    if (started_at === null) return null;
    if (finished_at === null) return `since ${shownClock(started_at, now)}`;
    return `${shownTime(started_at).slice(0, "14:02:11".length)}–${shownTime(finished_at)}`;
  });
  return text === null ? null : <span className="text-xs text-dim">{text}</span>;
}
