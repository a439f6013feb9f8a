import type { ErrorShape, Marker, ShapeRetries } from "@spillway/contract/schemas";
import { codeName } from "../../features/notes/notes.ts";
import { formatAge, formatCount, formatShare, plural, shownShort, utcStamp } from "../../lib/format.ts";

const longBefore = 60 * 60_000;

interface DeployBefore {
  marker: Marker;
  /** How long before the first failure, ms. */
  by: number;
}

/** The last deploy in the hour before an error was first seen. */
function deployBefore({ first_seen }: ErrorShape, markers: readonly Marker[]): DeployBefore | null {
  if (first_seen === null) return null;
  const marker = markers
    .filter(({ kind, at }) => kind === "deploy" && at <= first_seen)
    .reduce<Marker | null>((last, one) => (last === null || one.at > last.at ? one : last), null);
  const by = marker === null ? 0 : Date.parse(first_seen) - Date.parse(marker.at);
  return marker === null || by > longBefore ? null : { marker, by };
}

const afterWords = ({ by }: DeployBefore): string => `${formatAge(by / 1000)} after a deploy`;

/** `first 14:01:10Z, 3 min after “2.14.0”` */
export function firstSeenWords(shape: ErrorShape, markers: readonly Marker[], now: number): string {
  const { first_seen: first } = shape;
  if (first === null) return "first seen unknown";
  const deploy = deployBefore(shape, markers);
  const after = deploy === null ? "" : `, ${formatAge(deploy.by / 1000)} after “${deploy.marker.title}”`;
  return `first ${shownShort(first, now)}${after}`;
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

/**
 * `earlier retries: 10 by ben; 9 failed again, 1 still open`; of many `2,310 by ana; of 200 looked at 190 completed, 10 failed
 * again`
 */
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
  const looked = retries.jobs - retries.not_looked_at;
  const of = retries.not_looked_at === 0 ? "" : `of ${formatCount(looked)} looked at `;
  const ends = looked === 0 ? "nobody looked how they ended" : `${of}${told.join(", ")}`;
  return `earlier retries: ${formatCount(retries.jobs)} by ${names}${others}; ${ends}`;
}

/** One line for incident notes: how much of all, what, where, since when in UTC. */
export function shapeLine(shape: ErrorShape, markers: readonly Marker[], isNew: boolean): string {
  const { share, count, title, top_frame: frame, first_seen: first, last_seen: last } = shape;
  const deploy = deployBefore(shape, markers);
  const at = frame === null ? "" : ` at ${codeName(frame)}`;
  const times = first === null || last === null ? "" : `; first ${utcStamp(first)}, last ${utcStamp(last)}`;
  const after =
    deploy === null
      ? ""
      : `, ${afterWords(deploy)} (${codeName(deploy.marker.title)}, ${utcStamp(deploy.marker.at)})`;
  return `${formatShare(share)} (${formatCount(count)})${isNew ? ", new" : ""}: ${codeName(title)}${at}; ${tasksWords(shape)}${times}${after}`;
}
