import type { Counts } from "@spillway/engine";
import type { BacklogTrend } from "../backlog/backlog-trend.ts";

export type TroubleCode =
  | "no_workers"
  | "too_few_workers"
  | "worker_lost"
  | "backlog_growing"
  | "not_draining"
  | "slow_jobs"
  | "failure_spike"
  | "stalled_jobs"
  | "jobs_removed"
  | "changed_outside"
  | "paused";

export type Severity = "info" | "warning" | "critical";

/** Where the evidence of a finding is seen; the reader builds the link. */
export interface Evidence {
  screen: "queue" | "jobs" | "dlq" | "workers" | "audit" | "metrics";
  queue?: string;
  state?: "waiting" | "active" | "failed";
}

export interface Trouble {
  /** `code:queue`, or `code` alone: the same finding keeps its id over ticks. */
  id: string;
  code: TroubleCode;
  severity: Severity;
  /** Null: not of one queue. */
  queue: string | null;
  /** Epoch ms of the first tick that showed it. */
  since: number;
  /** One or two sentences with figures. */
  text: string;
  evidence: Evidence;
}

/** Per minute; null where the engine can't tell. */
export interface TroubleRates {
  enqueued: number | null;
  started: number | null;
  completed: number | null;
  failedAttempts: number | null;
  failed: number | null;
  retried: number | null;
}

/** The last seconds alone. They are too few to raise a finding, but they can show that one is over. */
export interface LastSeconds {
  spanMs: number;
  rates: Pick<TroubleRates, "completed" | "failedAttempts">;
  /** Of the runs that ended in them; null if none did or nobody measures. */
  runP95Ms: number | null;
}

/** One queue in one tick. Durations ms, moments epoch ms, null for unknown. */
export interface TroubleQueue {
  name: string;
  paused: boolean;
  /** When its last pause ended; null without one. */
  resumedAt: number | null;
  counts: Counts;
  rates: TroubleRates;
  /** The same over the last hours, without trouble. */
  usual: TroubleRates;
  trend: BacklogTrend;
  /** Why the backlog grows, to be told with it; see `backlogCause`. */
  causeText?: string | null;
  runP95Ms: { now: number | null; usual: number | null };
  /** Null where it can't be told apart from the minute that `rates` are of. */
  lastSeconds: LastSeconds | null;
  workers: { count: number | null; expected: number | null };
  oldestActiveSince: number | null;
  oldestWaitingSince: number | null;
  /** Active jobs that no worker holds, and how many the engine put back for that, as it says itself. */
  stalled: { now: number | null; perMin: number | null };
}

/** A worker that ended without a goodbye, lately. */
export interface LostWorker {
  id: string;
  name: string | null;
  host: string | null;
  queues: string[];
  /** Jobs it held when last heard of. */
  held: number;
  /** When it was last heard of. */
  lostAt: number;
}

/** Something that happened once: it is a finding for as long as it is given; see `createNoticeBoard`. */
export interface TroubleNotice {
  code: "jobs_removed" | "changed_outside";
  queue: string | null;
  at: number;
  /** One sentence. */
  text: string;
  /** How many jobs are lost by it, and which share of what the queue held. */
  lost?: { jobs: number; share: number };
}

export interface TroubleInput {
  queues: TroubleQueue[];
  workers: { total: number | null; expected: number | null; lost: LostWorker[] };
  notices: TroubleNotice[];
}

/**
 * What a rule says of one tick: a finding, its absence, or `null`: it can't tell, so nothing changes.
 * `since` where the rule knows better than the tick; `atOnce` for facts that need no second look.
 */
export interface Finding {
  severity: Severity;
  text: string;
  evidence: Evidence;
  since?: number;
  atOnce?: boolean;
  /** Jobs that are lost by it: of findings equally severe, the greater loss is told first. */
  lost?: number;
  /** Only what lies some seconds back shows it: it stays if it was told, and is not told anew. */
  lingers?: boolean;
}
export type Finds = Finding | "clear" | null;
