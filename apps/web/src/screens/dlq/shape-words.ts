import type { ErrorShape, Marker } from "@spillway/contract/schemas";
import { formatAge, formatCount, formatShare, plural, utcShort } from "../../lib/format.ts";

const longBefore = 60 * 60_000;

/** `first 14:01:10Z, 3 min after deploy 2.14.0` */
export function firstSeenWords({ first_seen }: ErrorShape, markers: readonly Marker[], now: number): string {
  if (first_seen === null) return "first seen unknown";
  const at = Date.parse(first_seen);
  const deploy = markers
    .filter((marker) => marker.kind === "deploy" && Date.parse(marker.at) <= at)
    .reduce<Marker | null>((last, one) => (last === null || one.at > last.at ? one : last), null);
  const since = deploy === null ? null : at - Date.parse(deploy.at);
  const after =
    deploy === null || since === null || since > longBefore
      ? ""
      : `, ${formatAge(since / 1000)} after “${deploy.title}”`;
  return `first ${utcShort(first_seen, now)}${after}`;
}

/** `invoice.charge fails 455 of the last 500 runs`, or which tasks fail so. */
export function tasksWords({ tasks, run_share }: ErrorShape): string {
  const [only] = tasks;
  if (only !== undefined && tasks.length === 1) {
    return run_share === null
      ? only.task
      : `${only.task} fails ${formatCount(run_share.failed)} of the last ${plural(run_share.runs, "run")}`;
  }
  const named = tasks.slice(0, 4).map(({ task, count }) => `${task} ${formatCount(count)}`);
  return tasks.length > 4 ? `${named.join(", ")} and ${tasks.length - 4} more tasks` : named.join(", ");
}

/** One line for incident notes. */
export const shapeLine = (shape: ErrorShape, code: (name: string) => string): string =>
  `${formatShare(shape.share)} (${formatCount(shape.count)}): ${code(shape.title)}${shape.top_frame === null ? "" : ` at ${code(shape.top_frame)}`}; ${tasksWords(shape)}`;
