import type { QueueDetail } from "@spillway/contract/schemas";
import { BreakdownPanel } from "../../features/breakdown/breakdown-panel.tsx";
import { paths } from "../../lib/paths.ts";
import { askedOf, type BrokenDown, nextOf, type OverviewSearch } from "./overview-search.ts";

interface QueueBreakdownsProps {
  queue: QueueDetail;
  search: OverviewSearch;
  change: (next: Partial<OverviewSearch>) => void;
  link: (next: Partial<OverviewSearch>) => string;
}

/** What runs and what failed side by side, then what waits, if anything does. */
export function QueueBreakdowns({ queue, search, change, link }: QueueBreakdownsProps) {
  const { name, counts } = queue;
  const panel = (state: BrokenDown) => (
    <BreakdownPanel
      key={state}
      {...askedOf(name, state, search)}
      all={state === "failed" ? paths.dlq(name) : `${paths.jobs(name)}?state=${state}`}
      link={(next) => link(nextOf(state, next)) || "?"}
      onPick={(by) => change(nextOf(state, { by, open: "" }))}
    />
  );
  return (
    <>
      <div className="grid items-start gap-5 md:grid-cols-2">
        {panel("active")}
        {panel("failed")}
      </div>
      {counts.waiting > 0 ? panel("waiting") : null}
    </>
  );
}
