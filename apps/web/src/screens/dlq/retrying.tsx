import { buildQuery } from "@spillway/contract/paths";
import type { Shapes } from "@spillway/contract/schemas";
import { Link } from "react-router";
import { formatCount } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { Panel } from "../../ui/panel.tsx";
import { rowLink } from "../../ui/table.tsx";

const most = 8;

/** Errors of which no job has failed for good so far: they are seen here minutes before they are among the failed. */
export function OnlyRetrying({ queue, shapes }: { queue: string; shapes: Shapes }) {
  const failed = new Set(shapes.items.map(({ id }) => id));
  const only = shapes.still_retrying.by_shape.filter(({ shape_id }) => !failed.has(shape_id));
  if (only.length === 0) return null;
  return (
    <Panel title="Not failed for good yet" note="these runs fail and are retried by themselves" flush>
      <ul className="text-sm">
        {only.slice(0, most).map(({ shape_id, title, count }) => (
          <li key={shape_id} className="relative flex gap-3 border-t border-line px-4 py-2 hover:bg-raised">
            <Link
              to={`${paths.jobs(queue)}${buildQuery({ state: "delayed", error_shape: shape_id })}`}
              className={`${rowLink} min-w-0 flex-1 [overflow-wrap:anywhere]`}
            >
              {title}
            </Link>
            <span>{formatCount(count)}</span>
          </li>
        ))}
        {only.length > most ? (
          <li className="border-t border-line px-4 py-2 text-xs text-dim">
            and {formatCount(only.length - most)} more
          </li>
        ) : null}
      </ul>
    </Panel>
  );
}
