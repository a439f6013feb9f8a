import type { History } from "@spillway/contract/schemas";
import { Link } from "react-router";
import { formatDuration, formatRate, shownMinute } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { mostTelling } from "../../lib/telling.ts";
import { Panel } from "../../ui/panel.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { SparkBars } from "../../ui/sparkline.tsx";
import type { Compared, Movement } from "./movement.ts";

interface FailureMovementProps {
  history: History | undefined;
  movement: Movement;
  /** The time of what is known, where that is not now. */
  then: string | null;
}

/** Failing runs a minute over the last hour, when it began, and what explains it. */
export function FailureMovement({ history, movement, then }: FailureMovementProps) {
  const at = then === null ? "" : ` at ${shownMinute(then)}`;
  return (
    <Panel
      title="Failing and retried"
      actions={
        <Link to={paths.metrics()} className="text-xs text-accent hover:underline">
          Metrics
        </Link>
      }
    >
      {history === undefined ? (
        <Skeleton className="h-27 w-full" />
      ) : (
        <Bars history={history} colour={movement.worse ? "text-failed" : "text-dim"} />
      )}
      <dl className="mt-3 grid grid-cols-2 gap-4 text-xs text-dim">
        <Figure name={then === null ? "fail a minute" : `failed a minute${at}`} {...movement.failing} />
        <Figure name={`retried a minute${at}`} {...movement.retried} />
      </dl>
    </Panel>
  );
}

function Figure({ name, now, before }: { name: string } & Compared) {
  return (
    <div className="flex flex-col">
      <dt className="order-2">
        {name}
        {before === null ? "" : `, was ${formatRate(before)}`}
      </dt>
      <dd className="text-lg font-semibold text-text">{formatRate(now)}</dd>
    </div>
  );
}

/** The axis is at least this long, so that a young history does not look like a long one. */
const fewest = 30;

function Bars({ history: { history, markers, step_s }, colour }: { history: History; colour: string }) {
  const last = history.at(-1);
  if (last === undefined) return <p className="text-sm text-dim">Not sampled yet.</p>;
  const unseen = Math.max(0, fewest - history.length);
  const values = [...Array<null>(unseen).fill(null), ...history.map((sample) => sample.failed_attempts)];
  const first = Date.parse(last.timestamp) - (values.length - 1) * step_s * 1000;
  const placed = markers
    .filter((one) => one.kind !== "action")
    .map((one) => ({ ...one, place: (Date.parse(one.at) - first) / (step_s * 1000) + 0.5 }))
    .filter(({ place }) => place >= 0 && place <= values.length);
  const [cause] = mostTelling(placed, 1);
  const peak = Math.max(...values.map((value) => value ?? 0));
  if (values.every((value) => value === null)) return <p className="text-sm text-dim">Not measured yet.</p>;
  if (peak === 0)
    return (
      <p className="text-sm text-dim">
        No run was seen to fail since{" "}
        {shownMinute(unseen > 0 ? (history[0]?.timestamp ?? last.timestamp) : first)}.
      </p>
    );
  return (
    <>
      <p className="text-right text-2xs text-faint">at most {formatRate(peak)} a minute</p>
      <SparkBars
        height={56}
        className={colour}
        values={values}
        marks={placed.map(({ place }) => place)}
        label={`Failing runs a minute over the last ${formatDuration(values.length * step_s)}, at most ${formatRate(peak)}`}
      />
      <p className="mt-1 flex justify-between text-2xs text-faint">
        <span>
          {unseen > 0
            ? `seen since ${shownMinute(history[0]?.timestamp ?? last.timestamp)}`
            : shownMinute(first)}
        </span>
        <span>now</span>
      </p>
      {cause === undefined ? null : (
        <p className="truncate text-xs text-dim">
          <span aria-hidden>┆ </span>
          {shownMinute(cause.at)} {cause.title}
        </p>
      )}
    </>
  );
}
