import type { Breakdown, JobState } from "@spillway/contract/schemas";
import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import { formatCount, formatShare, plural } from "../../lib/format.ts";
import { cx } from "../../ui/cx.ts";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { OwnLinks } from "../links/own-links.tsx";
import { type Group, jobsOf, nameOf } from "./breakdown-keys.ts";
import { OpenedGroup } from "./opened-group.tsx";
import { tintOf } from "./tints.ts";

interface GroupListProps {
  queue: string;
  state: JobState;
  by: string;
  /** The name of the group whose samples are shown. */
  open: string;
  breakdown: Breakdown;
  /** The query of a link to another group or key. */
  link: (next: { by?: string; open?: string }) => string;
}

const few = 6;

/** Each group with its share, its oldest job and how many are stalled; pressed, three of its jobs. */
export function GroupList(props: GroupListProps) {
  const { breakdown, open } = props;
  const { groups, groups_total: total } = breakdown;
  const [all, showAll] = useState(false);
  const needed = groups.findIndex((group) => nameOf(group) === open) + 1;
  const shown = all ? groups : groups.slice(0, Math.max(few, needed));
  const untold = total - groups.length;
  return (
    <ul className="text-sm">
      {shown.map((group, rank) => (
        <GroupLine key={nameOf(group)} group={group} rank={rank} {...props} />
      ))}
      {groups.length > shown.length ? (
        <li className="px-4 py-1 text-xs">
          <button type="button" className="py-1 text-accent hover:underline" onClick={() => showAll(true)}>
            Show {plural(groups.length - shown.length, "more group")}
          </button>
        </li>
      ) : null}
      {untold > 0 ? (
        <li className="px-4 py-1.5 text-xs text-dim">
          {plural(untold, "smaller group")} {untold === 1 ? "is" : "are"} not listed
        </li>
      ) : null}
    </ul>
  );
}

function GroupLine(props: GroupListProps & { group: Group; rank: number }) {
  const { queue, state, by, open, breakdown, link, group, rank } = props;
  const isOpen = nameOf(group) === open;
  const jobs = jobsOf(queue, state, by, group);
  // While those of another group are still shown, they are not this one's.
  const opened = isOpen && breakdown.opened?.key === group.key ? breakdown.opened : null;
  return (
    <li className="border-t border-line px-4 py-1.5 first:border-t-0">
      <div className="flex items-baseline gap-x-3">
        <Link
          to={link({ open: isOpen ? "" : nameOf(group) }) || "?"}
          preventScrollReset
          aria-expanded={isOpen}
          aria-label={`Samples of ${group.key}`}
          className="-mx-1 self-center rounded p-0.5 touch:-mx-3 touch:p-[15px] text-dim hover:bg-raised hover:text-text"
        >
          <ChevronRight size={14} aria-hidden className={cx(isOpen && "rotate-90")} />
        </Link>
        <span
          aria-hidden
          className={cx("size-2.5 shrink-0 self-center rounded-sm bg-current", tintOf(state, rank))}
        />
        <Name group={group} to={jobs} />
        {state === "active" && by === "task" ? (
          <OwnLinks on="task" names={{ queue, task: group.key, job_id: null }} />
        ) : null}
        {group.stalled ? (
          <span className="text-xs whitespace-nowrap text-failed">
            {plural(group.stalled, "stalled job")}
          </span>
        ) : null}
        <span className="text-xs whitespace-nowrap text-faint" data-tip={oldestTip[state]}>
          <RelativeTime at={group.oldest_at} suffix="" past />
        </span>
        <span>{formatCount(group.count)}</span>
        <span className="w-11 shrink-0 text-right text-xs whitespace-nowrap text-dim">
          {formatShare(group.share)}
        </span>
      </div>
      {opened === null ? null : (
        <OpenedGroup
          opened={opened}
          state={state}
          by={by}
          jobs={jobs}
          byLink={(next) => link({ by: next, open: "" })}
        />
      )}
    </li>
  );
}

const look = "min-w-0 flex-1 truncate";

function Name({ group, to }: { group: Group; to: string | null }) {
  const { key } = group;
  const tip = key.length > 30 ? key.slice(0, 300) : undefined;
  return to === null ? (
    <span className={look} data-tip={tip}>
      {key}
    </span>
  ) : (
    <Link to={to} data-tip={tip} className={`${look} touch:py-[13px] hover:text-accent hover:underline`}>
      {key}
    </Link>
  );
}

const oldestTip: Record<JobState, string> = {
  waiting: "Since its oldest job was created",
  active: "Its oldest job runs for so long",
  delayed: "Since its oldest job was created",
  blocked: "Since its oldest job was created",
  completed: "Since its first job completed",
  failed: "Since its first job failed",
};
