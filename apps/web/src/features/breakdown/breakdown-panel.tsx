import type { Breakdown, JobState } from "@spillway/contract/schemas";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { errorWords } from "../../api/problem-words.ts";
import { breakdownQuery } from "../../api/queries.ts";
import { formatCount, plural } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { Panel } from "../../ui/panel.tsx";
import { Elapsed, RelativeTime } from "../../ui/relative-time.tsx";
import { SegmentBar } from "../../ui/segment-bar.tsx";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { nameOf } from "./breakdown-keys.ts";
import { ByPicker } from "./by-picker.tsx";
import { GroupList } from "./group-list.tsx";
import { spreadWords } from "./spread.ts";
import { parts, tintOf } from "./tints.ts";

/** What is broken down, as an address says it. */
export interface Asked {
  queue: string;
  state: JobState;
  by: string;
  /** The group whose samples are shown; empty for none. */
  open: string;
  /** Only jobs that failed so last; empty for all. */
  shape?: string;
}

interface BreakdownPanelProps extends Asked {
  /** Where all of them are listed, unless that is here. */
  all?: string;
  link: (next: { by?: string; open?: string }) => string;
  onPick: (by: string) => void;
}

/** What the loader and the panel ask. */
export const askedBreakdown = ({ queue, state, by, open, shape = "" }: Asked) =>
  breakdownQuery(queue, {
    state,
    by,
    ...(open === "" ? {} : { open }),
    ...(shape === "" ? {} : { error_shape: shape }),
  });

const titles: Record<JobState, string> = {
  waiting: "Waiting",
  active: "Active now",
  delayed: "Delayed",
  blocked: "Waiting for children",
  completed: "Completed",
  failed: "Failed",
};
const none: Record<JobState, string> = {
  waiting: "No job is waiting.",
  active: "No job is running.",
  delayed: "No job is delayed.",
  blocked: "No job waits for children.",
  completed: "No completed job is kept.",
  failed: "No job has failed for good.",
};

/** One thing or many? Jobs of one state by what they have in common, as one bar, then group by group. */
export function BreakdownPanel({ all, link, onPick, ...asked }: BreakdownPanelProps) {
  const { queue, state, by, open } = asked;
  const { data, error } = useQuery({ ...askedBreakdown(asked), placeholderData: keepPreviousData });
  return (
    <Panel
      title={titles[state]}
      note={data === undefined || data.complete ? undefined : partWords(data)}
      flush
      actions={
        <>
          <ByPicker
            label={`Break down ${titles[state].toLowerCase()}`}
            state={state}
            by={by}
            paths={data?.paths ?? []}
            onPick={onPick}
          />
          {all === undefined ? null : (
            <Link to={all} className="text-xs text-accent hover:underline">
              All
            </Link>
          )}
        </>
      }
    >
      {data === undefined ? (
        error === null ? (
          <SkeletonRows rows={3} />
        ) : (
          <p className="px-4 pb-3 text-sm text-dim">{errorWords(error).text}</p>
        )
      ) : data.groups.length === 0 ? (
        <p className="px-4 pb-3 text-sm text-dim">{none[state]}</p>
      ) : (
        <>
          <Spread breakdown={data} queue={queue} state={state} by={by} />
          <GroupList queue={queue} state={state} by={by} open={open} breakdown={data} link={link} />
        </>
      )}
    </Panel>
  );
}

/** Only the newest are looked at where there are very many. */
const partWords = ({ scanned, total_to_scan: total }: Breakdown): string =>
  `the newest ${formatCount(scanned)} of ${formatCount(total)}`;

interface SpreadProps extends Pick<Asked, "queue" | "state" | "by"> {
  breakdown: Breakdown;
}

/** The answer as a sentence and a bar, with how old the oldest is and how many are stalled. */
function Spread({ breakdown, queue, state, by }: SpreadProps) {
  const words = spreadWords(by, breakdown);
  const counted = breakdown.groups.reduce((sum, { count }) => sum + count, 0);
  return (
    <div className="px-4 pb-2">
      <p className="text-sm font-medium [overflow-wrap:anywhere]">{words}</p>
      <div className="my-1.5">
        <SegmentBar
          total={counted}
          label={words}
          segments={breakdown.groups.slice(0, parts).map((group, rank) => ({
            key: nameOf(group),
            value: group.count,
            className: tintOf(state, rank),
          }))}
        />
      </div>
      <p className="flex flex-wrap gap-x-3 text-xs text-dim">
        <Oldest breakdown={breakdown} queue={queue} state={state} />
        {state === "active" ? <Stalled count={breakdown.stalled} /> : null}
      </p>
    </div>
  );
}

function Oldest({ breakdown, queue, state }: Omit<SpreadProps, "by">) {
  const { oldest_at: at, complete } = breakdown;
  if (at === null) return null;
  // Where not all were looked at, there may be older ones.
  const first = complete ? "the first" : "the first of these";
  if (state === "active")
    return (
      <Link
        to={`${paths.jobs(queue)}?state=active&sort=oldest`}
        className="hover:text-accent hover:underline"
      >
        the oldest runs for <Elapsed since={at} />
      </Link>
    );
  if (state === "waiting")
    return (
      <span>
        the oldest waits for <RelativeTime at={at} suffix="" past />
      </span>
    );
  const verb = state === "failed" ? "failed" : state === "completed" ? "completed" : "was created";
  return (
    <span>
      {first} {verb} <RelativeTime at={at} />
    </span>
  );
}

function Stalled({ count }: { count: number | null }) {
  if (count === null) return <span>which are stalled can't be told</span>;
  if (count === 0) return <span>none is stalled</span>;
  return (
    <span
      className="font-semibold text-failed"
      data-tip="No living worker holds them; another takes them over after a while"
    >
      {plural(count, "stalled job")}
    </span>
  );
}
