import type { Selection } from "@spillway/contract/schemas";
import { formatCount, formatShare, plural } from "../../lib/format.ts";
import { ShareBar } from "../../ui/meter.tsx";

const most = 4;

/** What the jobs are: task by error shape, commonest first. Says nothing where they are all alike. */
export function Groups({ groups, matched }: Pick<Selection, "groups" | "matched">) {
  const [only] = groups;
  if (only === undefined) return null;
  if (groups.length === 1) {
    return (
      <p className="text-sm text-dim [overflow-wrap:anywhere]">
        All of <span className="font-mono text-xs">{only.task ?? "an unreadable task"}</span>
        {only.title === null ? "" : `: ${only.title}`}
      </p>
    );
  }
  return (
    <ul aria-label="What they are" className="flex flex-col gap-1.5 text-sm">
      {groups.slice(0, most).map(({ task, shape_id, title, count }) => (
        <li key={`${task} ${shape_id}`}>
          <div className="flex items-baseline gap-3">
            <span className="min-w-0 flex-1 truncate" data-tip={title ?? undefined}>
              <span className="font-mono text-xs">{task ?? "unreadable"}</span>
              {title === null ? null : <span className="text-dim"> {title}</span>}
            </span>
            <span>{formatCount(count)}</span>
            <span className="w-11 text-right text-xs text-dim">
              {formatShare(matched === 0 ? 0 : count / matched)}
            </span>
          </div>
          <div className="mt-1">
            <ShareBar share={matched === 0 ? 0 : count / matched} label={`${formatCount(count)} of them`} />
          </div>
        </li>
      ))}
      {groups.length > most ? (
        <li className="text-xs text-dim">and {plural(groups.length - most, "more group")}</li>
      ) : null}
    </ul>
  );
}
