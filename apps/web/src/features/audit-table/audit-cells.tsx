import type { AuditRecord } from "@spillway/contract/schemas";
import { CircleQuestionMark } from "lucide-react";
import { Link } from "react-router";
import { shortId, shownStamp } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { cx } from "../../ui/cx.ts";
import { StateBadge } from "../../ui/state-badge.tsx";
import { aboveRowLink, rowLink } from "../../ui/table.tsx";
import { recordMark, whoWords } from "../actions/action-words.ts";
import { effectWords, moveWords, sourceWords } from "./effect-words.ts";

type Cell = { record: AuditRecord };

export const When = ({ record: { timestamp } }: Cell) => (
  <time dateTime={timestamp} className="text-dim">
    {shownStamp(timestamp)}
  </time>
);

/** Who it was; a name nobody checked says so. */
export function Who({ record }: Cell) {
  const { actor, source } = record;
  if (source === "observed")
    return (
      <span className="truncate text-dim" data-tip={`${whoWords(record)}; seen by ${actor.name}`}>
        unknown
      </span>
    );
  return (
    <span
      className="inline-flex max-w-full items-baseline gap-1.5"
      data-tip={`${actor.id}${actor.verified ? "" : ", unverified"}, ${sourceWords(source)}`}
    >
      <span className="truncate">{actor.name}</span>
      {actor.verified ? null : (
        <CircleQuestionMark
          size={12}
          role="img"
          aria-label="unverified"
          className="shrink-0 self-center text-faint"
        />
      )}
    </span>
  );
}

/** The action's name; the whole row leads to the record. */
export const ActionName = ({ record: { id, action, destructive } }: Cell) => (
  <Link to={paths.auditRecord(id)} className={cx(rowLink, "font-mono text-xs")}>
    {action}
    {destructive ? <span className="sr-only">, destructive</span> : null}
  </Link>
);

/** What it was done to: the queue, and the job in it. */
export function Target({ record: { queue, job_id } }: Cell) {
  if (queue === null) return <span className="text-faint">–</span>;
  return (
    <span className={cx(aboveRowLink, "inline-flex max-w-full items-baseline gap-1.5")}>
      <Link to={paths.queue(queue)} className="min-w-0 truncate hover:text-accent hover:underline">
        {queue}
      </Link>
      {job_id === null ? null : (
        <Link
          to={paths.job(queue, job_id)}
          className="min-w-0 shrink-0 font-mono text-xs text-dim hover:text-accent hover:underline"
        >
          {shortId(job_id, 14)}
        </Link>
      )}
    </span>
  );
}

/** How it ended and what it did, or why not. */
export function Effect({ record }: Cell) {
  const words = effectWords(record) || moveWords(record);
  return (
    <span
      className="inline-flex max-w-full items-center gap-2"
      data-tip={record.error === null ? undefined : words}
    >
      <StateBadge state={recordMark(record)} />
      <span className={cx("min-w-0 truncate", record.error === null ? "text-dim" : "text-failed")}>
        {words}
      </span>
    </span>
  );
}
