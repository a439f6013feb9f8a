import type { JobError, JobState, ScanField, ScanRow } from "@spillway/engine";
import { type VersionFields, versionOf } from "./raw-job.ts";
import { list, number } from "./reply.ts";
import type { ErrorReader } from "./scan-error.ts";

/** The id of the worker that runs a job, by what its record and its lock say. */
type WhoRuns = (jobId: string, name: string | null, lock: string | null) => string | null;

/** What a batch brings, a list each: with anything but a text where a job has none, and empty if it was not asked for. */
export interface Columns {
  ids: readonly unknown[];
  /** Places, from 1 on, of jobs that can't be read. */
  unread: readonly unknown[];
  /** Those fields that are sent as they are, one after the other for each job. */
  values: readonly unknown[];
  /** Scores of a set. */
  scores: readonly unknown[];
  errors: readonly (JobError | null)[];
  payloads: readonly unknown[];
  /** Bytes of each payload. */
  sizes: readonly unknown[];
  /** Tokens of the locks of active jobs. */
  locks: readonly unknown[];
  /** How many jobs of the batch come before each; empty if these are all of them. */
  places: readonly unknown[];
}

/** The columns as scripts/scan-batch.ts replies them. */
export function columnsOf(reply: unknown, errors: ErrorReader): Columns {
  const [ids, unread, values, scores, messages, numbers, kinds, payloads, sizes, locks, places] =
    list(reply).map(column);
  return {
    ids: ids ?? [],
    unread: unread ?? [],
    values: values ?? [],
    scores: scores ?? [],
    errors: errors.read(messages ?? [], numbers ?? [], kinds ?? []),
    payloads: payloads ?? [],
    sizes: sizes ?? [],
    locks: locks ?? [],
    places: places ?? [],
  };
}

/** Of jobs that have nothing but an id. */
export function noColumns(ids: readonly unknown[]): Columns {
  return {
    ids,
    unread: [],
    values: [],
    scores: [],
    errors: [],
    payloads: [],
    sizes: [],
    locks: [],
    places: [],
  };
}

/** An empty table of Lua is both a list and a map. */
function column(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The rows of one batch of a scan. */
export function scanRows(
  state: JobState,
  fields: readonly ScanField[],
  columns: Columns,
  whoRuns: WhoRuns,
): ScanRow[] {
  const read = reader(state, fields, columns);
  const { locks } = columns;
  const hasError = fields.includes("error") && state !== "completed";
  const isHeld = fields.includes("worker") && state === "active";
  return columns.ids.map((jobId, n) => {
    const row = read(String(jobId), n);
    if (hasError) row.error = columns.errors[n] ?? null;
    // The name in the record of an active job becomes the id of its worker; a lock that is gone tells that it stalled.
    if (isHeld) {
      const lock = string(locks[n]);
      row.workerId = whoRuns(row.id, row.workerId, lock);
      row.stalled = lock === null;
    }
    return row;
  });
}

/** Reads all of a row but its error, in the order in which the fields of a job are asked for. */
function reader(state: JobState, fields: readonly ScanField[], columns: Columns) {
  const { values, scores, payloads, sizes } = columns;
  const [tasks, times, worker, version] = (["task", "times", "worker", "version"] as const).map((field) =>
    fields.includes(field),
  );
  const width = (tasks ? 1 : 0) + (times ? 3 : 0) + (worker ? 1 : 0) + (version ? 4 : 0);
  const isEnded = fields.includes("finished") && (state === "completed" || state === "failed");
  const unread = new Set(columns.unread);
  return (id: string, n: number): ScanRow => {
    let at = n * width;
    const take = (): string | null => string(values[at++]);
    const task = tasks ? take() : null;
    const createdAt = times ? number(take()) : null;
    const startedAt = times ? number(take()) : null;
    const finishedOn = times ? number(take()) : null;
    const workerId = worker ? take() : null;
    const payload = string(payloads[n]);
    return {
      id,
      state,
      task,
      payload,
      payloadTruncated: payload !== null && (number(sizes[n]) ?? 0) > Buffer.byteLength(payload),
      error: null,
      createdAt,
      startedAt,
      finishedAt: isEnded ? (finishedOn ?? number(scores[n])) : finishedOn,
      workerId,
      version: version ? versionOf({ state, ...versionFields(!unread.has(n + 1), take) }) : null,
      stalled: null,
    };
  };
}

/** The last fields of a job; nothing of one that can't be read. */
function versionFields(readable: boolean, take: () => string | null): Omit<VersionFields, "state"> {
  return { readable, started: take(), made: take(), finishedOn: take(), delay: take() };
}

/** A text, or null for what a job has not. */
function string(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
