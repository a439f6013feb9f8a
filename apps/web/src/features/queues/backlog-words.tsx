import type { Backlog } from "@spillway/contract/schemas";
import { formatAge, formatRate } from "../../lib/format.ts";
import { Trend } from "../../ui/stat.tsx";

/** Which way the backlog moves, per minute; colour only where it grows. */
export function BacklogTrend({ backlog }: { backlog: Backlog }) {
  const { change_per_min: change, direction, size } = backlog;
  if (change === null) return <span className="text-faint">–</span>;
  if (direction === "steady" || direction === "unknown") return <Trend direction="flat">steady</Trend>;
  if (size === 0 && direction === "draining") return <span className="text-dim">none wait</span>;
  const growing = direction === "growing";
  return (
    <Trend direction={growing ? "up" : "down"} tone={growing ? "bad" : "plain"}>
      {formatRate(Math.abs(change))}/min
    </Trend>
  );
}

/** When it will be empty, or that it will not. */
export function etaWords({ size, eta_s, direction, cause }: Backlog): string {
  if (size === 0) return "empty";
  if (cause === "paused") return "until resumed";
  if (eta_s !== null) return `empty in ${formatAge(eta_s)}`;
  if (direction === "unknown") return "too early to tell";
  return direction === "growing" ? "not draining" : "–";
}
