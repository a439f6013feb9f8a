import type { QueueSnapshot } from "@spillway/engine";
import type { TroubleNotice } from "./input.ts";

/** How long it is told that something happened, if nothing undoes it. */
const TOLD_MS = 30 * 60_000;
/** Who puts jobs back does it at a stroke: what comes in within this time counts. */
const PUT_BACK_MS = 60_000;
/** Some of those put back may be run and removed before anybody counts them. */
const NEARLY_ALL = 0.95;
/** So many standard deviations above what usually comes in is no chance. */
const BEYOND_CHANCE = 3;

/** What undoes that which happened; null: nothing does. */
export type UndoneBy =
  /** So many jobs come in at once, beyond those that always come. */
  | { jobs: number }
  /** The queue is no longer as it was put: paused, or running. */
  | { leaves: "paused" | "running" }
  | null;

export interface PostedNotice extends TroubleNotice {
  undoneBy: UndoneBy;
}

export interface NoticedQueue extends Pick<QueueSnapshot, "name" | "paused" | "counts" | "flows"> {
  /** Jobs a minute that usually come in; null if that is not known yet. */
  usualPerMin: number | null;
}

/** What happened once has no tick that ends it: it is told until it was undone, or for half an hour. */
export interface NoticeBoard {
  post(notice: PostedNotice): void;
  /** What is still to be told after this tick. Epoch ms. */
  observe(queues: readonly NoticedQueue[], at: number): TroubleNotice[];
}

interface Posted {
  notice: PostedNotice;
  readings: Reading[];
}

export function createNoticeBoard(): NoticeBoard {
  let board: Posted[] = [];
  return {
    post(notice) {
      const undone = board.filter(({ notice: earlier }) => undoes(notice, earlier));
      board = board.filter((posted) => !undone.includes(posted));
      // What only takes back another change leaves nothing to look after.
      if (undone.length === 0) board.push({ notice, readings: [] });
    },
    observe(queues, at) {
      const byName = new Map(queues.map((queue) => [queue.name, queue]));
      board = board.filter(({ notice }) => at - notice.at <= TOLD_MS);
      board = board.filter((posted) => !isUndone(posted, byName.get(posted.notice.queue ?? ""), at));
      return board.map(({ notice }) => notice);
    },
  };
}

function undoes(later: PostedNotice, earlier: PostedNotice): boolean {
  const [now, was] = [stateOf(later), stateOf(earlier)];
  return later.queue === earlier.queue && now !== null && was !== null && now !== was;
}

const stateOf = ({ undoneBy }: PostedNotice) =>
  undoneBy !== null && "leaves" in undoneBy ? undoneBy.leaves : null;

function isUndone(posted: Posted, queue: NoticedQueue | undefined, at: number): boolean {
  const { undoneBy } = posted.notice;
  if (undoneBy === null || queue === undefined) return false;
  if ("leaves" in undoneBy) return undoneBy.leaves !== (queue.paused ? "paused" : "running");
  const reading = readingOf(queue, at);
  if (reading === null) return false;
  const earlier = posted.readings.filter((one) => one.since === reading.since && at - one.at <= PUT_BACK_MS);
  posted.readings = [...earlier, reading];
  return earlier.some((one) => areBack(undoneBy.jobs, one, reading, queue.usualPerMin));
}

/** What a queue ever took in, by whatever door, and how many of it were counted as they came. */
interface Reading {
  at: number;
  /** Since when the counters count; they can't be compared with those of another time. */
  since: number;
  tookIn: number;
  enqueued: number;
}

/** What is there and what left, without what came back by a retry; null where the engine does not count. */
function readingOf({ counts, flows }: NoticedQueue, at: number): Reading | null {
  const { since, enqueued, completed, failed, operatorRetried } = flows;
  if (enqueued === null || completed === null || failed === null || operatorRetried === null) return null;
  const open = counts.waiting + counts.active + counts.delayed + counts.blocked;
  return { at, since, tookIn: open + completed + failed - operatorRetried, enqueued };
}

function areBack(lost: number, from: Reading, to: Reading, usualPerMin: number | null): boolean {
  const cameIn = to.tookIn - from.tookIn;
  // Where nobody knows what is usual, only what came back uncounted is sure to be more than that.
  const expected =
    usualPerMin === null ? to.enqueued - from.enqueued : (usualPerMin * (to.at - from.at)) / 60_000;
  const surplus = cameIn - expected;
  return surplus >= lost * NEARLY_ALL && surplus > BEYOND_CHANCE * Math.sqrt(expected);
}
