import type { ErrorShape } from "@spillway/contract/schemas";
import { useState } from "react";
import { formatCount, plural } from "../../lib/format.ts";
import { Button } from "../../ui/button.tsx";

const few = 20;

/** The commonest shapes, as many as can be taken in; one that was opened by its address is among them. */
export function useFirst(all: readonly ErrorShape[], open: ErrorShape | undefined) {
  const [most, setMost] = useState(few);
  const needed = open === undefined ? 0 : all.indexOf(open) + 1;
  const shown = all.slice(0, Math.max(most, needed));
  return { shown, more: () => setMost(shown.length + 5 * few) };
}

interface MoreShapesProps {
  all: readonly ErrorShape[];
  /** How many of them are on screen. */
  shown: number;
  /** How many failed jobs were looked at. */
  failed: number;
  onMore: () => void;
}

/** The server tells of this many; the rest are rarer. */
const told = 500;

/** What is not on screen: rarer errors, and those too rare to be told of. */
export function MoreShapes({ all, shown, failed, onMore }: MoreShapesProps) {
  const hidden = all.slice(shown);
  const jobs = hidden.reduce((sum, shape) => sum + shape.count, 0);
  const counted = all.reduce((sum, shape) => sum + shape.count, 0);
  const rest = all.length < told ? 0 : failed - counted;
  if (hidden.length === 0 && rest <= 0) return null;
  return (
    <p className="flex flex-wrap items-center gap-3 text-sm text-dim">
      {hidden.length === 0
        ? `These are the ${formatCount(told)} commonest errors; ${plural(rest, "failed job")} had rarer ones.`
        : `${plural(hidden.length, "rarer error")} of ${plural(jobs, "job")} ${hidden.length === 1 ? "is" : "are"} not shown.`}
      {hidden.length === 0 ? null : (
        <Button size="small" onClick={onMore}>
          Show more
        </Button>
      )}
    </p>
  );
}
