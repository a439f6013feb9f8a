import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { overviewQuery, queueQuery, workersQuery } from "../../api/queries.ts";
import { plural } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { cx } from "../../ui/cx.ts";
import { changesOf, overviewFigures, queueFigures, shortBefore } from "./changes.ts";
import { lostSince } from "./lost-since.ts";
import { useBefore } from "./use-before.ts";

interface ScopeProps {
  /** Null: all queues together. */
  queue: string | null;
  since: string;
}

/** Figures now, each with what it was before; on phones those that are worse. */
export function ChangeFigures({ queue }: Pick<ScopeProps, "queue">) {
  const overview = useQuery({ ...overviewQuery(), enabled: queue === null }).data;
  const summary = useQuery({ ...queueQuery(queue ?? ""), enabled: queue !== null }).data;
  const before = useBefore(queue);
  const figures =
    queue === null
      ? overview === undefined
        ? null
        : overviewFigures(overview)
      : summary === undefined
        ? null
        : queueFigures(summary);
  if (figures === null || before === null) return <span className="text-dim">Comparing…</span>;
  if (before.seen_from === null) return null;
  return changesOf(figures, before).map(({ label, now, was, worse }) => (
    <span key={label} className={cx("whitespace-nowrap", !worse && "max-sm:hidden")}>
      <span className="text-dim">{label} </span>
      <span className={cx("font-semibold", worse && "text-failed")}>{now}</span>
      <span className="text-dim">, was {was}</span>
    </span>
  ));
}

/** Says where less than the half hour before is known. */
export function KnownBefore({ queue }: Pick<ScopeProps, "queue">) {
  const before = useBefore(queue);
  const short = before === null ? null : shortBefore(before);
  return short === null ? null : <span className="text-dim">({short})</span>;
}

/** How many were lost since; nothing where none was. */
export function LostWorkers({ queue, since }: ScopeProps) {
  const { data } = useQuery(workersQuery(queue === null ? {} : { queue }));
  const lost = lostSince(data?.items ?? [], since).length;
  if (lost === 0) return null;
  const to = queue === null ? paths.workers() : `${paths.workers()}?queue=${encodeURIComponent(queue)}`;
  return (
    <Link to={to} className="font-semibold whitespace-nowrap text-failed hover:underline">
      {plural(lost, "worker")} lost
    </Link>
  );
}
