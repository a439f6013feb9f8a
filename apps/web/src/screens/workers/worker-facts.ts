import type { Overview, Worker, WorkerList } from "@spillway/contract/schemas";
import { formatCount, plural } from "../../lib/format.ts";

/** A worker with the time of its heartbeat on the server's clock, whatever the engine's own clock says. */
export interface WorkerRow {
  worker: Worker;
  /** Epoch ms; null where it never sends one. */
  beatAt: number | null;
  /** While the engine is away ages stand still at this time, epoch ms. */
  frozenAt: number | null;
}

export const healths = ["healthy", "late", "lost", "stopped", "gone"] as const;

export const isWorking = ({ health }: Worker): boolean => health === "healthy" || health === "late";

/**
 * How far the server's clock is ahead of the engine's, ms. A worker that did not change since an older picture seems
 * to be further behind than it is, so the smallest difference is the true one.
 */
export function clockOffset({ items, as_of }: WorkerList): number {
  const asOf = Date.parse(as_of);
  const offsets = items.flatMap(({ heartbeat_at, heartbeat_age_s }) =>
    heartbeat_at === null || heartbeat_age_s === null
      ? []
      : [asOf - Date.parse(heartbeat_at) - heartbeat_age_s * 1000],
  );
  return offsets.length === 0 ? 0 : Math.min(...offsets);
}

export function toRows(list: WorkerList, frozenAt: number | null): WorkerRow[] {
  const offset = clockOffset(list);
  return list.items.map((worker) => ({
    worker,
    beatAt: worker.heartbeat_at === null ? null : Date.parse(worker.heartbeat_at) + offset,
    frozenAt,
  }));
}

/** Versions beside the most common one that are named. */
const mostVersions = 3;

const rank = (health: Worker["health"]) => (health === "late" ? 0 : 1);
const nameOf = (worker: Worker) => `${worker.name ?? worker.id} ${worker.host ?? ""} ${worker.pid ?? ""}`;
const byName = new Intl.Collator("en", { numeric: true });

/** Those at work, late ones first; then by name. */
export const working = (rows: readonly WorkerRow[]): WorkerRow[] =>
  rows
    .filter(({ worker }) => isWorking(worker))
    .sort(
      (a, b) =>
        rank(a.worker.health) - rank(b.worker.health) || byName.compare(nameOf(a.worker), nameOf(b.worker)),
    );

/** Those that work no more, the latest first. */
export const ended = (rows: readonly WorkerRow[]): WorkerRow[] =>
  rows
    .filter(({ worker }) => !isWorking(worker))
    .sort((a, b) => (b.worker.ended_at ?? "").localeCompare(a.worker.ended_at ?? ""));

const sources: Record<Worker["source"], string> = {
  agent: "agent",
  engine: "engine",
  connection: "connection only",
  lock: "job locks only",
};

/** How a worker is known, and as a sentence what can't be known that way; null where all is. */
export function sourceWords(worker: Worker): { word: string; limit: string | null } {
  const word = sources[worker.source];
  if (worker.source === "agent" || worker.source === "engine") return { word, limit: null };
  const unknown = [
    ...(worker.heartbeat_at === null ? ["heartbeat"] : []),
    ...(worker.concurrency === null ? ["slots"] : []),
    ...(worker.pid === null ? ["process id"] : []),
    ...(worker.version === null ? ["version"] : []),
  ];
  const by = worker.source === "connection" ? "its connection" : "the locks on its jobs";
  const heard =
    worker.heartbeat_at === null
      ? ""
      : worker.source === "connection"
        ? " Its heartbeat is when its connection was last used or a lock was renewed."
        : " Its heartbeat is when a lock was last renewed.";
  const lacks = unknown.length === 0 ? "" : `: no ${unknown.join(", no ")}`;
  return { word, limit: `Known by ${by} only${lacks}.${heard}` };
}

/** How many jobs a worker runs at once: a number, or the least it is where some of its queues do not tell; null if none does. */
export function slotsOf(worker: Pick<Worker, "concurrency" | "concurrency_by_queue">): {
  known: number;
  more: boolean;
} | null {
  if (worker.concurrency !== null) return { known: worker.concurrency, more: false };
  if (worker.concurrency_by_queue === null) return null;
  return {
    known: Object.values(worker.concurrency_by_queue).reduce((sum, slots) => sum + slots, 0),
    more: true,
  };
}

/** `15 of 28`; `15 of 28 or more`. */
export const slotsInUse = (busy: number, { known, more }: { known: number; more: boolean }): string =>
  `${formatCount(busy)} of ${formatCount(known)}${more ? " or more" : ""}`;

/** The slots in use of all, or of those for one queue, where every worker tells; `full` where none is free. */
export function slotWords(
  rows: readonly WorkerRow[],
  queue: string | null = null,
): { text: string; full: boolean } {
  const busy = rows.reduce(
    (sum, { worker }) =>
      sum + worker.active_jobs.filter((job) => queue === null || job.queue === queue).length,
    0,
  );
  const slots = rows.map(({ worker }) => (queue === null ? slotsOf(worker) : slotsFor(worker, queue)));
  if (slots.includes(null)) return { text: plural(busy, "known job"), full: false };
  const known = slots.reduce((sum, one) => sum + (one?.known ?? 0), 0);
  const more = slots.some((one) => one?.more);
  return { text: slotsInUse(busy, { known, more }), full: !more && known > 0 && busy >= known };
}

/** Those that a worker keeps for one queue; where it does not tell them apart, and works for no other, all it has. */
function slotsFor(worker: Worker, queue: string): ReturnType<typeof slotsOf> {
  const own = worker.concurrency_by_queue?.[queue];
  if (own !== undefined) return { known: own, more: false };
  return worker.queues.length === 1 ? slotsOf(worker) : null;
}

/** `2.14.0`, `on 7 of 9` and `2.13.2 on 2`: the most common version and the others; null where nobody tells one. */
export function versionWords(
  rows: readonly WorkerRow[],
): { version: string; share: string; others: string } | null {
  const groups = Map.groupBy(rows, ({ worker }) => worker.version ?? "");
  const unknown = groups.get("")?.length ?? 0;
  groups.delete("");
  const told = [...groups]
    .map(([version, { length }]) => ({ version, on: length }))
    .sort((a, b) => b.on - a.on || byName.compare(b.version, a.version));
  const [first, ...rest] = told;
  if (first === undefined) return null;
  const others = [
    ...rest.slice(0, mostVersions).map(({ version, on }) => `${version} on ${formatCount(on)}`),
    ...(rest.length > mostVersions ? [plural(rest.length - mostVersions, "more version")] : []),
    ...(unknown === 0 ? [] : [`unknown on ${formatCount(unknown)}`]),
  ].join(", ");
  return {
    version: first.version,
    share: `on ${formatCount(first.on)} of ${formatCount(rows.length)}`,
    others,
  };
}

/** `9 of 12 workers, 3 missing`, and where the expected figure comes from. */
export function staffWords(
  workers: number | null,
  expected: Overview["expected_workers"],
): { text: string; origin: string; missing: number } {
  if (workers === null) return { text: "Workers unknown", origin: "", missing: 0 };
  // Nobody is missed where nobody was ever seen.
  if (expected === null || (expected.value === 0 && expected.source === "learned"))
    return {
      text: plural(workers, "worker"),
      origin: "No number is expected yet: it is learned from those seen, or set by --expected-workers.",
      missing: 0,
    };
  const missing = Math.max(0, expected.value - workers);
  return {
    text: `${formatCount(workers)} of ${plural(expected.value, "worker")}${missing > 0 ? `, ${formatCount(missing)} missing` : ""}`,
    origin: expected.text,
    missing,
  };
}
