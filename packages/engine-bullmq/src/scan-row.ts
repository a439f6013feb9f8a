import type { JobState, ScanField, ScanRow } from "@spillway/engine";
import { jobError, STACK_HEAD_CHARS, stackHead } from "./job-error.ts";
import { type VersionFields, versionOf } from "./raw-job.ts";
import { list, number, parseJson, text } from "./reply.ts";

/** The id of the worker that runs a job, by what its record and its lock say. */
type WhoRuns = (jobId: string, name: string | null, lock: string | null) => string | null;

/** The rows of one batch, from the JSON that scripts/scan-batch.ts replies: jobs, and the traces they share. */
export function scanRows(
  state: JobState,
  fields: readonly ScanField[],
  rows: unknown,
  traces: unknown,
  whoRuns: WhoRuns,
): ScanRow[] {
  const decoded = jsonList(traces).map((trace) => stackHead(`"${text(trace) ?? ""}`) ?? "");
  return jsonList(rows).map((json) => {
    const reply = list(json);
    return withWorker(reply, scanRow(state, fields, reply, decoded), whoRuns);
  });
}

/** Where the token of its lock stands in the reply of an active job, if the worker was asked for. */
const LOCK = 7;

/** The name in the record of an active job becomes the id of its worker; a lock that is gone tells that it stalled. */
function withWorker(reply: readonly unknown[], row: ScanRow, whoRuns: WhoRuns): ScanRow {
  if (reply[LOCK] === undefined) return row;
  const lock = string(reply[LOCK]);
  return { ...row, workerId: whoRuns(row.id, row.workerId, lock), stalled: lock === null };
}

function scanRow(
  state: JobState,
  fields: readonly ScanField[],
  [id, named, payload, bytes, failedReason, stackStart, trace]: readonly unknown[],
  traces: readonly string[],
): ScanRow {
  const values = Array.isArray(named) ? named : [];
  let taken = 0;
  const take = (): string | null => string(values[taken++]);
  const task = fields.includes("task") ? take() : null;
  const [created, started, finished] = fields.includes("times") ? [take(), take(), take()] : [];
  const workerId = fields.includes("worker") ? take() : null;
  const body = string(payload);
  const head = stackHead(string(stackStart));
  const rest = traces[(number(trace) ?? 0) - 1] ?? "";
  const stack = head === null ? null : (head + rest).slice(0, STACK_HEAD_CHARS);
  return {
    id: text(id) ?? "",
    state,
    task,
    payload: body,
    payloadTruncated: body !== null && (number(bytes) ?? 0) > Buffer.byteLength(body),
    error: state === "completed" ? null : jobError(string(failedReason), stack, head),
    createdAt: number(created),
    startedAt: number(started),
    finishedAt: number(finished),
    workerId,
    version: fields.includes("version") ? versionOf({ state, ...versionFields(values.slice(taken)) }) : null,
    stalled: null,
  };
}

/** What is left of a row when all else was taken from it; nothing of a job that can't be read. */
function versionFields(values: readonly unknown[]): Omit<VersionFields, "state"> {
  const [started = null, made = null, finishedOn = null, delay = null] = values.map(string);
  return { readable: values.length > 0, started, made, finishedOn, delay };
}

/** A text, or null for what the script had not: in JSON that is `false`. */
function string(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function jsonList(value: unknown): unknown[] {
  return list(parseJson(text(value)));
}
