import type { History, Overview } from "@spillway/contract/schemas";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import type { historyQuery } from "../../api/queries.ts";
import { formatDuration, formatRate, utcMinute } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { Panel } from "../../ui/panel.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { SparkBars } from "../../ui/sparkline.tsx";

/** Failing runs a minute over the last while, with what explains a change. */
export function FailureMovement(props: { query: ReturnType<typeof historyQuery>; overview: Overview }) {
  const { data } = useQuery(props.query);
  const { movement } = props.overview;
  return (
    <Panel
      title="Failing and retried"
      actions={
        <Link to={paths.metrics()} className="text-xs text-accent hover:underline">
          Metrics
        </Link>
      }
    >
      {data === undefined ? <Skeleton className="h-14 w-full" /> : <Bars history={data} />}
      <dl className="mt-3 grid grid-cols-2 gap-4 text-xs text-dim">
        <Figure name="fail a minute" {...movement.failed_attempts_per_min} />
        <Figure name="retried a minute" {...movement.retried_per_min} />
      </dl>
    </Panel>
  );
}

function Figure({ name, now, before }: { name: string; now: number | null; before: number | null }) {
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

function Bars({ history: { history, markers, step_s } }: { history: History }) {
  if (history.length === 0) return <p className="text-sm text-dim">Not sampled yet.</p>;
  const first = Date.parse(history[0]?.timestamp ?? "");
  const last = Date.parse(history.at(-1)?.timestamp ?? "");
  const span = Math.max(1, last - first);
  const shown = markers.filter(
    (one) => one.kind !== "action" && Date.parse(one.at) >= first && Date.parse(one.at) <= last,
  );
  const marks = shown.map((one) => ((Date.parse(one.at) - first) / span) * (history.length - 1) + 0.5);
  const newest = shown.at(-1);
  return (
    <>
      <SparkBars
        height={56}
        className="text-failed"
        values={history.map((sample) => sample.failed_attempts)}
        marks={marks}
        label="Failing runs a minute"
      />
      <p className="mt-1 flex justify-between text-2xs text-faint">
        <span>{formatDuration((history.length - 1) * step_s)} ago</span>
        {newest === undefined ? null : (
          <span className="truncate px-2 text-dim">
            ┆ {newest.title}, {utcMinute(newest.at)}
          </span>
        )}
        <span>now</span>
      </p>
    </>
  );
}
