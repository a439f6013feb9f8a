import { count, duration } from "../words.ts";
import type { Finding, Finds, LostWorker, TroubleInput, TroubleNotice } from "./input.ts";
import { isTooFew, waitWords } from "./queue-rules.ts";

/** How long a lost worker is a finding where nobody knows how many there should be. */
const LOST_FOR_MS = 10 * 60_000;

/** No worker at all, where workers are expected: told of the queues if they show it, else of the whole. */
export function noWorkersAtAll({ workers }: TroubleInput): Finds {
  if (workers.total === null) return null;
  if (workers.total > 0 || (workers.expected ?? 0) === 0) return "clear";
  const text = `No worker is there; ${workers.expected} ${workers.expected === 1 ? "is" : "are"} expected.`;
  return { severity: "critical", text, evidence: { screen: "workers" } };
}

export function tooFewInAll({ workers }: TroubleInput): Finds {
  const { total, expected } = workers;
  if (total === null || expected === null) return null;
  if (total === 0 || !isTooFew(total, expected)) return "clear";
  const text = `${count(total, "worker")} of ${expected} expected ${total === 1 ? "is" : "are"} there.`;
  return { severity: "warning", text, evidence: { screen: "workers" } };
}

/**
 * Lost workers by the one queue they served (null: several). Over when as many work as are expected: it was replaced.
 */
export function lostWorkers({ workers }: TroubleInput, at: number): Map<string | null, Finding> {
  const replaced = workers.total !== null && workers.expected !== null && workers.total >= workers.expected;
  const byQueue = new Map<string | null, LostWorker[]>();
  for (const lost of workers.lost) {
    const known = workers.total !== null && workers.expected !== null;
    if (known ? replaced : at - lost.lostAt > LOST_FOR_MS) continue;
    const queue = lost.queues.length === 1 ? (lost.queues[0] ?? null) : null;
    byQueue.set(queue, [...(byQueue.get(queue) ?? []), lost]);
  }
  return new Map([...byQueue].map(([queue, lost]) => [queue, tellLost(lost, queue, at)]));
}

function tellLost(lost: LostWorker[], queue: string | null, at: number): Finding {
  const last = lost.reduce((a, b) => (b.lostAt > a.lostAt ? b : a));
  const held = lost.reduce((sum, worker) => sum + worker.held, 0);
  const where = last.host === null ? "" : ` on ${last.host}`;
  const who =
    lost.length === 1 ? `Worker ${last.name ?? last.id}${where} was` : `${lost.length} workers were`;
  const since = lost.length === 1 ? "last heard of" : "lost, the latest last heard of";
  const text = `${who} ${since} ${duration(at - last.lostAt)} ago and held ${held === 0 ? "no jobs" : count(held, "job")}.`;
  const evidence = queue === null ? { screen: "workers" as const } : { screen: "workers" as const, queue };
  const first = Math.min(...lost.map((worker) => worker.lostAt));
  return { severity: held > 0 ? "critical" : "warning", text, evidence, since: first };
}

/** So much of a queue, or more, is no tidying up. */
const MOST_OF_IT = 0.5;

/** Notices by code and queue: the latest speaks, and says how many there were. */
export function noticesByKey({
  notices,
  queues,
}: Pick<TroubleInput, "notices" | "queues">): Map<string, { notice: TroubleNotice; finding: Finding }> {
  const out = new Map<string, { notice: TroubleNotice; finding: Finding }>();
  const groups = Map.groupBy(notices, (notice) => `${notice.code}:${notice.queue ?? ""}`);
  for (const [key, group] of groups) {
    const latest = group.reduce((a, b) => (b.at > a.at ? b : a));
    const lost = group.reduce((sum, notice) => sum + (notice.lost?.jobs ?? 0), 0);
    const isMost = group.some((notice) => (notice.lost?.share ?? 0) >= MOST_OF_IT);
    const more = group.length === 1 ? "" : ` (and ${group.length - 1} more)`;
    const since = Math.min(...group.map((notice) => notice.at));
    const screen = latest.code === "jobs_removed" && latest.queue !== null ? "queue" : "audit";
    const evidence =
      latest.queue === null ? { screen: "audit" as const } : ({ screen, queue: latest.queue } as const);
    out.set(key, {
      notice: latest,
      finding: {
        severity: isMost ? "critical" : "warning",
        text: withWaiting(latest, queues) + more,
        evidence,
        since,
        atOnce: true,
        lost,
      },
    });
  }
  return out;
}

/** Of a pause it is told what it holds up. */
function withWaiting({ code, queue, text }: TroubleNotice, queues: TroubleInput["queues"]): string {
  const now = code === "changed_outside" ? queues.find(({ name }) => name === queue) : undefined;
  return now?.paused ? text.replace(/\.$/, `; ${waitWords(now.counts)}.`) : text;
}
