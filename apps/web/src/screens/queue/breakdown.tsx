import { buildQuery } from "@spillway/contract/paths";
import type { Breakdown as Groups } from "@spillway/contract/schemas";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { errorWords } from "../../api/problem-words.ts";
import type { breakdownQuery } from "../../api/queries.ts";
import { OwnLinks } from "../../features/links/own-links.tsx";
import { formatCount, formatShare, plural } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { ShareBar } from "../../ui/meter.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { aboveRowLink, rowLink } from "../../ui/table.tsx";

interface BreakdownProps {
  queue: string;
  state: "active" | "failed";
  query: ReturnType<typeof breakdownQuery>;
}

const words = {
  active: { title: "Active now", by: "by task", none: "No job is running.", colour: "text-active" },
  failed: { title: "Failed", by: "by error", none: "No job has failed for good.", colour: "text-failed" },
};
const most = 6;

/** Jobs of one state by what they have in common; each line leads to them. */
export function Breakdown({ queue, state, query }: BreakdownProps) {
  const { data, error } = useQuery(query);
  const { title, by, none } = words[state];
  const all = state === "active" ? `${paths.jobs(queue)}?state=active` : paths.dlq(queue);
  return (
    <Panel
      title={title}
      note={
        data !== undefined && !data.complete
          ? `${by}, ${formatCount(data.scanned)} of ${formatCount(data.total_to_scan)} looked at`
          : by
      }
      flush
      actions={
        <Link to={all} className="text-xs text-accent hover:underline">
          All
        </Link>
      }
    >
      {data !== undefined ? (
        data.groups.length === 0 ? (
          <p className="px-4 pb-3 text-sm text-dim">{none}</p>
        ) : (
          <GroupList groups={data.groups} queue={queue} state={state} />
        )
      ) : error === null ? (
        <SkeletonRows rows={3} />
      ) : (
        <p className="px-4 pb-3 text-sm text-dim">{errorWords(error).text}</p>
      )}
    </Panel>
  );
}

function GroupList({
  groups,
  queue,
  state,
}: { groups: Groups["groups"] } & Pick<BreakdownProps, "queue" | "state">) {
  const linkTo = ({ key, shape_id }: Groups["groups"][number]) =>
    state === "active"
      ? `${paths.jobs(queue)}${buildQuery({ state, task: key })}`
      : shape_id === null
        ? paths.dlq(queue)
        : `${paths.jobs(queue)}${buildQuery({ state, error_shape: shape_id })}`;
  return (
    <ul className="text-sm">
      {groups.slice(0, most).map((group) => (
        <li key={group.key} className="relative px-4 py-1.5 hover:bg-raised">
          <div className="flex items-baseline gap-3">
            <Link to={linkTo(group)} className={`${rowLink} min-w-0 flex-1 truncate`}>
              {group.key}
            </Link>
            {state === "active" ? (
              <OwnLinks on="task" names={{ queue, task: group.key, job_id: null }} className={aboveRowLink} />
            ) : null}
            {group.stalled ? (
              <span className="text-xs text-failed">{plural(group.stalled, "stalled job")}</span>
            ) : null}
            <span>{formatCount(group.count)}</span>
            <span className="w-11 text-right text-xs text-dim">{formatShare(group.share)}</span>
          </div>
          <div className="mt-1">
            <ShareBar
              share={group.share}
              label={`${formatShare(group.share)} of them`}
              className={words[state].colour}
            />
          </div>
        </li>
      ))}
      {groups.length > most ? (
        <li className="px-4 py-1.5 text-xs text-dim">and {plural(groups.length - most, "more group")}</li>
      ) : null}
    </ul>
  );
}
