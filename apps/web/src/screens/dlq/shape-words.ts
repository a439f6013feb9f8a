import type { ErrorShape, Marker, ShapeRetries } from "@spillway/contract/schemas";
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

/** `invoice.charge ends so in 455 of its last 500 jobs`, and which other tasks fail so. */
export function tasksWords({ tasks, run_share: share }: ErrorShape): string {
  const named = tasks.slice(0, 4).map(({ task, count }) => `${task} ${formatCount(count)}`);
  const others = tasks.length > 4 ? ` and ${plural(tasks.length - 4, "more task")}` : "";
  const all = tasks.length === 1 ? (tasks[0]?.task ?? "") : `${named.join(", ")}${others}`;
  if (share === null) return all;
  const runs = `${share.task} ends so in ${formatCount(share.failed)} of its last ${plural(share.runs, "job")}`;
  return tasks.length === 1 ? runs : `${all} · ${runs}`;
}

type Retries = ShapeRetries["items"][number];

/** `earlier retries: 10 by ben, 9 failed again, 1 still open` */
export function retriesWords(retries: Retries): string {
  const fates = [
    [retries.completed, "completed"],
    [retries.failed_again, "failed again"],
    [retries.still_open, "still open"],
    [retries.unknown, "ended unseen"],
  ] as const;
  const told = fates.filter(([count]) => count > 0).map(([count, fate]) => `${formatCount(count)} ${fate}`);
  const names = retries.by.slice(0, 3).join(", ");
  const others = retries.by.length > 3 ? ` and ${formatCount(retries.by.length - 3)} more` : "";
  return `earlier retries: ${formatCount(retries.jobs)} by ${names}${others}; ${told.join(", ")}`;
}

/** One line for incident notes. */
export const shapeLine = (shape: ErrorShape, code: (name: string) => string): string =>
  `${formatShare(shape.share)} (${formatCount(shape.count)}): ${code(shape.title)}${shape.top_frame === null ? "" : ` at ${code(shape.top_frame)}`}; ${tasksWords(shape)}`;
