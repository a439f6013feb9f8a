import type { WriteName } from "@spillway/contract/table";
import type { Script } from "../src/run-script.ts";
import { CANCEL_JOB } from "../src/scripts/cancel-job.ts";
import { GUARDED_PROMOTE, GUARDED_REMOVE, GUARDED_RETRY } from "../src/scripts/guarded.ts";
import { HOLD_WAITING } from "../src/scripts/hold-waiting.ts";
import { HOLD_MANY, RETRY_MANY } from "../src/scripts/many.ts";
import { REMOVE_SCHEDULE } from "../src/scripts/schedules.ts";
import { SET_PAUSED } from "../src/scripts/set-paused.ts";
import { PURGE_HELD, RELEASE_HELD } from "../src/scripts/walk-hold.ts";

/** A write of the endpoint table, and how Redis itself tells how often it was done. */
export interface WriteCase {
  name: WriteName;
  /** The write whose answer is lost: a script, or a text that its command holds. */
  sent: Script | string;
  /** The jobs that are there before. */
  jobs: "failed" | "delayed" | "waiting";
  /** Of the drain that comes before, its operation is what this is about. */
  afterDrain?: true;
  body?: object;
  /** Workers begin afterwards: the record ends when the fate of the jobs is known. */
  works?: true;
  /** What of the stream of BullMQ's own events, or of the keys, is one effect. */
  effect:
    | { event: string; prev?: string }
    | { places: readonly ("wait" | "delayed" | "failed" | "repeat" | "meta:paused")[] };
  /** How many of these there must be at the end, of so many jobs. */
  wants: (jobs: number) => number;
  /** Whether what is there afterwards can tell that it took place. */
  isKnown: boolean;
}

const FAILED = { selection: { filter: { state: "failed" } } };
const one = () => 1;
const each = (jobs: number) => jobs;
const none = () => 0;

export const WRITE_CASES: readonly WriteCase[] = [
  {
    name: "pauseQueue",
    sent: SET_PAUSED,
    jobs: "waiting",
    effect: { event: "paused" },
    wants: one,
    isKnown: true,
  },
  {
    name: "resumeQueue",
    sent: SET_PAUSED,
    jobs: "waiting",
    effect: { event: "resumed" },
    wants: one,
    isKnown: true,
  },
  {
    name: "retryJob",
    sent: GUARDED_RETRY,
    jobs: "failed",
    effect: { event: "waiting", prev: "failed" },
    wants: one,
    isKnown: true,
  },
  {
    name: "cancelJob",
    sent: CANCEL_JOB,
    jobs: "delayed",
    effect: { event: "failed" },
    wants: one,
    isKnown: true,
  },
  {
    name: "removeJob",
    sent: GUARDED_REMOVE,
    jobs: "failed",
    effect: { event: "removed" },
    wants: one,
    isKnown: true,
  },
  {
    name: "promoteJob",
    sent: GUARDED_PROMOTE,
    jobs: "delayed",
    effect: { event: "waiting", prev: "delayed" },
    wants: one,
    isKnown: true,
  },
  // One more than were there; which of the waiting jobs is ours, nothing tells.
  {
    name: "runSchedule",
    sent: "run-now",
    jobs: "waiting",
    effect: { places: ["wait"] },
    wants: (jobs) => jobs + 1,
    isKnown: false,
  },
  {
    name: "removeSchedule",
    sent: REMOVE_SCHEDULE,
    jobs: "failed",
    effect: { places: ["repeat", "delayed"] },
    wants: none,
    isKnown: true,
  },
  {
    name: "bulkJobs",
    sent: RETRY_MANY,
    jobs: "failed",
    body: { action: "job.retry", ...FAILED },
    effect: { event: "waiting" },
    wants: each,
    isKnown: true,
  },
  {
    name: "redriveJobs",
    sent: RETRY_MANY,
    jobs: "failed",
    body: { ...FAILED, phases: [{ rest: true }] },
    works: true,
    effect: { event: "waiting", prev: "failed" },
    wants: each,
    isKnown: true,
  },
  {
    name: "cleanQueue",
    sent: HOLD_MANY,
    jobs: "failed",
    body: { state: "failed" },
    effect: { places: ["failed"] },
    wants: none,
    isKnown: true,
  },
  {
    name: "drainQueue",
    sent: HOLD_WAITING,
    jobs: "waiting",
    effect: { places: ["wait"] },
    wants: none,
    isKnown: true,
  },
  {
    name: "undoOperation",
    sent: RELEASE_HELD,
    jobs: "waiting",
    afterDrain: true,
    effect: { places: ["wait"] },
    wants: each,
    isKnown: true,
  },
  {
    name: "purgeOperation",
    sent: PURGE_HELD,
    jobs: "waiting",
    afterDrain: true,
    effect: { places: ["wait"] },
    wants: none,
    isKnown: true,
  },
];

/** Writes that send nothing to Redis by themselves, and what they change instead. */
export const NOT_ON_REDIS: Partial<Record<WriteName, string>> = {
  pauseOperation: "an operation of this console",
  resumeOperation: "an operation of this console",
  cancelOperation: "an operation of this console",
  advanceOperation: "an operation of this console",
  pauseSchedule: "nothing: BullMQ can't",
  resumeSchedule: "nothing: BullMQ can't",
  ackTrouble: "a finding",
  logIn: "a session of this console",
  logOut: "a session of this console",
  revealJob: "nothing: it is read there",
  createMarker: "a marker",
  withdrawMarker: "a marker",
  setScenario: "nothing: only the embedded engine can",
  setName: "a cookie",
};
