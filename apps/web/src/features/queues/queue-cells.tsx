import type { QueueSummary } from "@spillway/contract/schemas";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { formatCount, formatRate } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { cx } from "../../ui/cx.ts";
import { StateBadge } from "../../ui/state-badge.tsx";
import { aboveRowLink, rowLink } from "../../ui/table.tsx";
import { VerdictWord } from "../history-charts/verdict-line.tsx";
import { ReadOnlyQueue } from "../session/read-only.tsx";
import { waitingRose } from "../since/changes.ts";
import { failsBadly } from "./failing.ts";

const severity = (queue: QueueSummary) =>
  queue.trouble.find((one) => one.severity !== "info")?.severity ?? null;

export function QueueName({ queue }: { queue: QueueSummary }) {
  const worst = severity(queue);
  return (
    // Its own width decides whether there is room for words beside the name.
    <span className="flex min-w-0 items-center gap-2 sm:@container sm:w-full">
      <span
        aria-hidden
        className={cx(
          "h-4 w-0.75 shrink-0 rounded-full",
          worst === "critical" ? "bg-failed" : worst === "warning" ? "bg-paused" : "bg-transparent",
        )}
      />
      <Link to={paths.queue(queue.name)} className={cx(rowLink, "truncate font-medium")}>
        {queue.name}
      </Link>
      {worst === null ? null : <span className="sr-only">needs attention</span>}
      {queue.paused ? <StateBadge state="paused" /> : null}
      <ReadOnlyQueue queue={queue} />
      {queue.since_change === null ? null : (
        <span className={cx(aboveRowLink, "inline-flex max-sm:hidden")}>
          <VerdictWord {...queue.since_change} />
        </span>
      )}
    </span>
  );
}

export function Workers({ queue }: { queue: QueueSummary }) {
  const { workers, expected_workers: expected } = queue;
  const short = workers !== null && expected !== null && workers < expected.value;
  return (
    <span
      className={cx(short && "font-medium text-failed", expected !== null && aboveRowLink)}
      data-tip={expected?.text}
    >
      {formatCount(workers)}
      {short ? ` of ${expected.value}` : ""}
    </span>
  );
}

export const waitingLook = ({ counts, before }: QueueSummary): string | undefined =>
  before !== undefined && waitingRose(counts.waiting, before.waiting) ? "text-failed" : undefined;

/** A figure over what it was before the chosen moment, where one is chosen. */
export function Compared({ was, children }: { was: string | undefined; children: ReactNode }) {
  if (was === undefined) return children;
  return (
    <span className="block py-1 leading-4">
      {children}
      <span className="block text-2xs text-faint">was {was}</span>
    </span>
  );
}

export function Failing({ queue }: { queue: QueueSummary }) {
  return (
    <span className={cx(failsBadly(queue) ? "font-medium text-failed" : "text-dim")}>
      {formatRate(queue.rates.failed_attempts_per_min)}
    </span>
  );
}
