import type { JobError, JobState } from "./records.ts";

/**
 * What a scan is asked to bring for each job beyond its id and state; `finished` is the last of its `times` alone, which an
 * engine may know without reading the job.
 */
export type ScanField = "task" | "payload" | "error" | "times" | "finished" | "worker" | "version";

/** One job as a scan sees it; only the fields asked for are set. */
export interface ScanRow {
  id: string;
  state: JobState;
  task: string | null;
  /** At most {@link HUGE_PAYLOAD_BYTES} of the payload's text. */
  payload: string | null;
  payloadTruncated: boolean;
  /** Its stack may begin with a line break and the first frame: what comes before says nothing new. */
  error: JobError | null;
  createdAt: number | null;
  startedAt: number | null;
  finishedAt: number | null;
  /** As in {@link JobRow}. */
  workerId: string | null;
  /** As in {@link JobRow}: what a later write may expect. */
  version: string | null;
  /** With `worker`, of an active job: does no living worker hold it? Null of others. */
  stalled: boolean | null;
}

export interface ScanBatch {
  rows: ScanRow[];
  /** Of each row how many jobs of this batch were looked at before it; null where the rows are all of them. */
  lookedBefore: readonly number[] | null;
  /** Jobs looked at since the scan began (this call). */
  scanned: number;
  /** Jobs there were to look at when it began (this call). */
  totalToScan: number;
  /** Give it back to go on after this batch; null when all was seen. */
  cursor: string | null;
}
