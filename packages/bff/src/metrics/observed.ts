import type { EngineSnapshot, QueueSnapshot } from "@spillway/engine";
import type { TroubleNotice } from "@spillway/triage";
import type { AuditSeam, Observation } from "../seams.ts";

/** A write of ours may take effect some time after it was asked for, even one that timed out. Ms. */
const OUR_WRITES_TAKE_MS = 15_000;
/** Our actions on single jobs explain no more than this within a tick. */
const SINGLE_ACTIONS = 500;

/** What one snapshot shows to have happened since another. */
export interface Change {
  observation: Observation;
  notice: TroubleNotice;
}

export interface ObservedOptions {
  audit: Pick<AuditSeam, "actedSince">;
  /** Whether counters are exact: then small losses are believed too. */
  exact: boolean;
}

/** Changes that this console did not make. `askedAt` is when the earlier snapshot was asked for, by our own clock. */
export function changesBetween(
  before: EngineSnapshot,
  after: EngineSnapshot,
  askedAt: number,
  { audit, exact }: ObservedOptions,
): Change[] {
  const earlier = new Map(before.queues.map((queue) => [queue.name, queue]));
  const since = askedAt - OUR_WRITES_TAKE_MS;
  return after.queues.flatMap((queue) => {
    const was = earlier.get(queue.name);
    if (was === undefined) return [];
    const ours = (actions: readonly string[]) => audit.actedSince(actions, queue.name, since);
    return [flip(was, queue, ours), loss(was, queue, ours, exact)]
      .filter((observation) => observation !== null)
      .map((observation) => ({ observation, notice: noticeOf(observation, after.at) }));
  });
}

/** How many things we acted on so. */
type Ours = (actions: readonly string[]) => number;

function flip(was: QueueSnapshot, queue: QueueSnapshot, ours: Ours): Observation | null {
  if (was.paused === queue.paused) return null;
  const action = queue.paused ? "queue.pause" : "queue.resume";
  if (ours([action]) > 0) return null;
  const done = queue.paused ? "paused" : "resumed";
  return {
    action,
    queue: queue.name,
    affected: null,
    text: `${queue.name} was ${done} from outside this console.`,
  };
}

/** Jobs that left without a counter that tells where to. Only what flows can't explain, beyond a margin, counts. */
function loss(was: QueueSnapshot, queue: QueueSnapshot, ours: Ours, exact: boolean): Observation | null {
  if (was.flows.since !== queue.flows.since) return null;
  const waiting = unexplained(was.counts.waiting, queue.counts.waiting, grown(was, queue, "started"));
  const failed = unexplained(was.counts.failed, queue.counts.failed, grown(was, queue, "operatorRetried"));
  // Where only so many failed jobs are kept, each new one pushes an old one out.
  const kept = failed - (grown(was, queue, "failed") ?? failed);
  const lostWaiting = isMuch(waiting, was.counts.waiting, exact) ? waiting : 0;
  const lostFailed = isMuch(kept, was.counts.failed, exact) ? failed : 0;
  const lost = lostWaiting + lostFailed;
  if (lost === 0 || ours(["queue.drain", "queue.clean"]) > 0) return null;
  const byHand = ours(["job.remove", "job.cancel"]);
  if (byHand > 0 && lost <= Math.max(SINGLE_ACTIONS, byHand)) return null;
  const parts = [
    lostWaiting > 0 ? `${lostWaiting} waiting` : null,
    lostFailed > 0 ? `${lostFailed} failed` : null,
  ].filter((part) => part !== null);
  const text = `${parts.join(" and ")} jobs of ${queue.name} vanished without this console.`;
  return { action: "job.remove", queue: queue.name, affected: lost, text };
}

/** How many more left than went the known way; nothing if that way is not counted. */
function unexplained(before: number, after: number, went: number | null): number {
  return went === null ? 0 : Math.max(0, before - after - went);
}

function grown(
  was: QueueSnapshot,
  queue: QueueSnapshot,
  flow: "started" | "operatorRetried" | "failed",
): number | null {
  const before = was.flows[flow];
  const after = queue.flows[flow];
  return before === null || after === null || after < before ? null : after - before;
}

function isMuch(lost: number, of: number, exact: boolean): boolean {
  return exact ? lost > Math.max(10, of * 0.01) : lost > Math.max(50, of * 0.25);
}

function noticeOf({ action, queue, text }: Observation, at: number): TroubleNotice {
  return { code: action === "job.remove" ? "jobs_removed" : "changed_outside", queue, at, text };
}
