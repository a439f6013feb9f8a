import { buildQuery } from "@spillway/contract/paths";
import type { ErrorShape, Marker, ShapeRetries } from "@spillway/contract/schemas";
import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { formatCount, formatShare, plural } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { buttonClass } from "../../ui/button.tsx";
import { cx } from "../../ui/cx.ts";
import { ShareBar } from "../../ui/meter.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { SparkBars } from "../../ui/sparkline.tsx";
import { serverNow } from "../../ui/use-now.ts";
import { NewMark } from "./new-mark.tsx";
import { firstSeenWords, retriesWords, tasksWords } from "./shape-words.ts";
import { windows } from "./window-picker.tsx";

interface ShapeCardProps {
  queue: string;
  shape: ErrorShape;
  markers: readonly Marker[];
  /** Never seen before the chosen moment. */
  fresh: boolean;
  open: boolean;
  /** The address that opens it, or closes it if it is open. */
  toggle: string;
  /** Jobs that failed so last and will run again by themselves. */
  retrying: number;
  /** What became of those that were retried; undefined where none was. */
  retries: ShapeRetries["items"][number] | undefined;
  /** The ways to retry what failed so. */
  retry: ReactNode;
  children: ReactNode;
}

/** One way to fail: how much of all failures, what it is, since when, and its samples. */
export function ShapeCard(props: ShapeCardProps) {
  const { queue, shape, open, retry, children } = props;
  return (
    <article aria-label={shape.title} className="rounded-lg border border-line bg-panel">
      <div className="grid gap-x-5 gap-y-3 p-4 sm:grid-cols-[92px_minmax(0,1fr)_auto]">
        <HowMuch shape={shape} />
        <What {...props} />
        <Whereto queue={queue} shape={shape} retry={retry} />
      </div>
      {open ? (
        <div className="border-t border-line">
          {children}
          <p className="px-4 pt-1 pb-3 text-2xs text-faint [overflow-wrap:anywhere]">
            based on {cut(shape.based_on)} ({shape.algorithm})
          </p>
        </div>
      ) : null}
    </article>
  );
}

const HowMuch = ({ shape: { share, count } }: Pick<ShapeCardProps, "shape">) => (
  <div className="max-sm:flex max-sm:items-baseline max-sm:gap-3">
    <p className="text-xl font-semibold tracking-tight">{formatShare(share)}</p>
    <p className="text-xs whitespace-nowrap text-dim">{plural(count, "job")}</p>
    <div className="mt-2 max-sm:hidden">
      <ShareBar share={share} label={`${formatShare(share)} of failures`} className="text-failed" />
    </div>
  </div>
);

/** The error and where it comes from, in which tasks, and since when. */
function What({ queue, shape, markers, fresh, open, toggle, retrying, retries }: ShapeCardProps) {
  return (
    <div className="min-w-0">
      <h3 className="text-base leading-6 font-semibold [overflow-wrap:anywhere]">
        <Link
          to={toggle}
          preventScrollReset
          aria-expanded={open}
          className="inline-flex items-start gap-1 hover:text-accent"
        >
          <ChevronRight size={16} aria-hidden className={cx("mt-1 shrink-0", open && "rotate-90")} />
          {shape.title}
        </Link>
        {fresh ? (
          <span className="ml-2 inline-block align-text-bottom">
            <NewMark />
          </span>
        ) : null}
      </h3>
      <p className="ml-5 font-mono text-xs text-dim [overflow-wrap:anywhere]">
        {shape.top_frame ?? "no frame of ours"}
      </p>
      <p className="mt-1.5 ml-5 text-sm text-dim">{tasksWords(shape)}</p>
      <p className="ml-5 text-xs text-faint">
        {firstSeenWords(shape, markers, serverNow())} · last <RelativeTime at={shape.last_seen} />
      </p>
      <Aftermath queue={queue} shape={shape} retrying={retrying} retries={retries} />
    </div>
  );
}

/** How it went over time, and the ways on from here. */
function Whereto({ queue, shape, retry }: Pick<ShapeCardProps, "queue" | "shape" | "retry">) {
  const jobs = `${paths.jobs(queue)}${buildQuery({ state: "failed", error_shape: shape.id })}`;
  return (
    <div className="flex flex-col items-start gap-2 sm:items-end">
      <div className="w-36">
        <SparkBars
          values={shape.spark}
          label={`${shape.title} over time`}
          height={26}
          className="text-failed"
        />
      </div>
      <Windows queue={queue} shape={shape} />
      <div className="flex flex-wrap items-center gap-1.5 sm:justify-end">
        {retry}
        <Link to={jobs} className={buttonClass("default", "small")}>
          Jobs
        </Link>
      </div>
    </div>
  );
}

type AftermathProps = Pick<ShapeCardProps, "queue" | "shape" | "retrying" | "retries">;

/** What goes on by itself, and what people tried before. */
function Aftermath({ queue, shape, retrying, retries }: AftermathProps) {
  const again = `${paths.jobs(queue)}${buildQuery({ state: "delayed", error_shape: shape.id })}`;
  const records = `${paths.audit()}${buildQuery({ queue, action: "job.retry", q: shape.id })}`;
  return (
    // What people tried is read later: its line is there before, so that the next error does not move.
    <p className="ml-5 flex min-h-6 flex-wrap gap-x-4 text-xs text-dim">
      {retrying === 0 ? null : (
        <Link to={again} className="leading-6 hover:text-accent hover:underline">
          {formatCount(retrying)} more still retrying by themselves
        </Link>
      )}
      {retries === undefined ? null : (
        <Link to={records} className="leading-6 hover:text-accent hover:underline">
          {retriesWords(retries)}
        </Link>
      )}
    </p>
  );
}

/** A message may be a page long; what it was based on is told by its first lines. */
const cut = (text: string): string => (text.length <= 400 ? text : `${text.slice(0, 400)}…`);

/** How many in each of the last spans; each leads to those jobs. */
function Windows({ queue, shape }: { queue: string; shape: ErrorShape }) {
  const counts = Object.values(shape.windows);
  // Spans longer than one that has them all say nothing more.
  const all = counts.indexOf(shape.count);
  return (
    <dl className="flex gap-3 text-2xs text-faint">
      {windows.slice(0, all === -1 ? undefined : all + 1).map(({ text, ms }, index) => {
        const from = new Date(Math.floor((serverNow() - ms) / 60_000) * 60_000).toISOString();
        const to = `${paths.jobs(queue)}${buildQuery({ state: "failed", error_shape: shape.id, from })}`;
        return (
          <div key={text} className="text-right">
            <dt>{text}</dt>
            <dd className="text-xs text-dim">
              <Link
                to={to}
                className="block min-h-6 min-w-6 leading-6 hover:text-accent"
                aria-label={`${formatCount(counts[index])} in the last ${text}`}
              >
                {formatCount(counts[index])}
              </Link>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
