import type { JobState } from "@spillway/engine";
import { JOB_STATES } from "@spillway/engine";
import { list, number, text } from "./reply.ts";

/** One job as the scripts reply it; see scripts/job-fields.ts for the order. */
export interface RawJob {
  id: string;
  state: JobState;
  /** Of the sorted set it is in; null for jobs in lists. */
  score: number | null;
  readable: boolean;
  name: string | null;
  timestamp: number | null;
  delay: string | null;
  priority: number | null;
  processedOn: number | null;
  finishedOn: string | null;
  started: string | null;
  made: string | null;
  processedBy: string | null;
  failedReason: string | null;
  options: string | null;
  progress: string | null;
  payloadBytes: number | null;
  payloadHead: string | null;
  /** The JSON text of the last stack, cut off somewhere after 4 kB. */
  lastStack: string | null;
  /** False for an active job whose lock is gone. */
  held: boolean;
  /** Of an active job: who holds its lock, see workers.ts. */
  lock: string | null;
  hadChildren: boolean;
}

export function rawJob(reply: unknown): RawJob {
  const f = list(reply);
  return {
    id: text(f[0]) ?? "",
    state: jobState(f[1]),
    score: number(f[2]),
    readable: f[3] === 1,
    name: text(f[4]),
    timestamp: number(f[5]),
    delay: text(f[6]),
    priority: number(f[7]),
    processedOn: number(f[8]),
    finishedOn: text(f[9]),
    started: text(f[10]),
    made: text(f[11]),
    processedBy: text(f[12]),
    failedReason: text(f[13]),
    options: text(f[14]),
    progress: text(f[15]),
    payloadBytes: number(f[16]),
    payloadHead: text(f[17]),
    lastStack: text(f[18]),
    held: f[19] !== 0,
    lock: f[1] === "active" && f[19] !== 0 ? text(f[19]) : null,
    hadChildren: f[20] === 1,
  };
}

export function jobState(value: unknown): JobState {
  const state = JOB_STATES.find((known) => known === value);
  if (state === undefined) throw new TypeError("A script replied a state that is none.");
  return state;
}

export type VersionFields = Pick<RawJob, "state" | "readable" | "started" | "made" | "finishedOn" | "delay">;

/** The same text as `versionOf` in scripts/state-of.ts. */
export function versionOf(raw: VersionFields): string {
  if (!raw.readable) return `${raw.state}:unreadable`;
  return [raw.state, raw.started ?? "0", raw.made ?? "0", raw.finishedOn ?? "", raw.delay ?? "0"].join(":");
}
