import {
  type AttemptRecord,
  HUGE_PAYLOAD_BYTES,
  type JobError,
  type JobFlag,
  type JobRecord,
  type JobRow,
  PAYLOAD_HEAD_BYTES,
  type ScanField,
  type ScanRow,
} from "@spillway/engine";
import { type Job, nextNumber } from "./job.ts";
import { byteLength, headOf, isJson } from "./text.ts";

/** The longest stack a list row carries, and the longest payload a record carries. Bytes. */
const ROW_STACK_BYTES = 4096;
const RECORD_PAYLOAD_BYTES = 1_048_576;

export function toRow(job: Job): JobRow {
  job.payloadBytes ??= byteLength(job.payload);
  const huge = job.payloadBytes > HUGE_PAYLOAD_BYTES;
  return {
    id: job.id,
    queue: job.queue,
    task: job.task,
    state: job.state,
    priority: job.priority,
    attemptsMade: job.attemptsMade,
    maxAttempts: job.maxAttempts,
    createdAt: job.createdAt,
    waitingSince: job.waitingSince,
    runAt: job.runAt,
    startedAt: job.startedAt,
    finishedAt: job.finishedAt,
    workerId: job.workerId,
    progress: job.progress,
    error: rowError(job.error),
    payloadBytes: job.payloadBytes,
    payloadHead: huge ? null : headOf(job.payload, PAYLOAD_HEAD_BYTES),
    flags: flagsOf(job, huge),
    version: job.version,
  };
}

function rowError(error: JobError | null): JobError | null {
  if (!error?.stack) return error;
  return { ...error, stack: headOf(error.stack, ROW_STACK_BYTES) };
}

function flagsOf(job: Job, huge: boolean): JobFlag[] {
  const flags: JobFlag[] = [];
  if (huge) flags.push("huge");
  else {
    job.payloadIsJson ??= isJson(job.payload);
    if (!job.payloadIsJson) flags.push("not_json");
  }
  if (isAbandoned(job) || (job.stalledCount > 0 && job.state !== "completed")) flags.push("stalled");
  return flags;
}

/** The run that has not ended yet. */
const underWay = (job: Job): AttemptRecord[] =>
  job.run === null
    ? []
    : [
        {
          number: nextNumber(job),
          startedAt: job.startedAt,
          finishedAt: null,
          workerId: job.workerId,
          error: null,
        },
      ];

/** Its worker is gone without a word, and its lock has not run out yet. */
export function isAbandoned({ run }: Job): boolean {
  return run !== null && run.worker.lostAt !== null;
}

export function toRecord(job: Job): JobRecord {
  const row = toRow(job);
  const truncated = (row.payloadBytes ?? 0) > RECORD_PAYLOAD_BYTES;
  return {
    ...row,
    payload: truncated ? headOf(job.payload, RECORD_PAYLOAD_BYTES) : job.payload,
    payloadTruncated: truncated,
    result: job.result,
    options: JSON.stringify({
      attempts: job.maxAttempts,
      ...(job.backoff && { backoff: job.backoff }),
      ...(job.delayMs > 0 && { delayMs: job.delayMs }),
      ...(job.priority > 0 && { priority: job.priority }),
      ...(job.removeOnComplete && { removeOnComplete: true }),
    }),
    attempts: [...job.attempts.map((attempt) => ({ ...attempt })), ...underWay(job)],
    events: job.events.map((event) => ({ ...event })),
    logLines: job.logs.length,
    parent: job.parent,
    children: [...job.children],
    scheduleId: job.scheduleId,
  };
}

export function toScanRow(job: Job, fields: ReadonlySet<ScanField>): ScanRow {
  const payload = fields.has("payload") ? headOf(job.payload, HUGE_PAYLOAD_BYTES) : null;
  const times = fields.has("times");
  return {
    id: job.id,
    state: job.state,
    task: fields.has("task") ? job.task : null,
    payload,
    payloadTruncated: payload !== null && payload.length < job.payload.length,
    error: fields.has("error") ? rowError(job.error) : null,
    createdAt: times ? job.createdAt : null,
    startedAt: times ? job.startedAt : null,
    finishedAt: times || fields.has("finished") ? job.finishedAt : null,
    workerId: fields.has("worker") ? job.workerId : null,
    version: fields.has("version") ? job.version : null,
    stalled: fields.has("worker") && job.state === "active" ? isAbandoned(job) : null,
  };
}
