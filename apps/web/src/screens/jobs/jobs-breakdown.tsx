import { Link } from "react-router";
import { firstKey } from "../../features/breakdown/breakdown-keys.ts";
import { BreakdownPanel } from "../../features/breakdown/breakdown-panel.tsx";
import { Button, buttonClass } from "../../ui/button.tsx";
import { type JobsSearch, unbreakable } from "./jobs-search.ts";

interface JobsBreakdownProps {
  queue: string;
  search: JobsSearch;
  change: (next: Partial<JobsSearch>) => void;
  link: (next: Partial<JobsSearch>) => string;
}

/** Above the list, while it is asked for: one thing or many? */
export function JobsBreakdown({ queue, search, change, link }: JobsBreakdownProps) {
  const { state, by, open, error_shape: shape } = search;
  if (by === "" || state === null || unbreakable(search) !== null) return null;
  return (
    <BreakdownPanel
      queue={queue}
      state={state}
      by={by}
      open={open}
      shape={shape}
      link={(next) => link(next) || "?"}
      onPick={(next) => change({ by: next, open: "" })}
    />
  );
}

/** Opens it and closes it. */
export function BreakDownButton({ search, link }: Pick<JobsBreakdownProps, "search" | "link">) {
  const why = unbreakable(search);
  const { state, by, error_shape: shape } = search;
  if (why !== null || state === null)
    return (
      <Button size="small" tone="quiet" disabledReason={why}>
        Break down
      </Button>
    );
  // All of one error have the same error.
  const first = shape === "" ? firstKey(state) : "task";
  return (
    <Link
      to={link({ by: by === "" ? first : "", open: "" }) || "?"}
      preventScrollReset
      aria-expanded={by !== ""}
      className={buttonClass("quiet", "small")}
    >
      {by === "" ? "Break down" : "Hide the breakdown"}
    </Link>
  );
}
