import type { listJobsQuery } from "@spillway/contract/schemas";
import type { JobState, ScanField, ScanRow } from "@spillway/engine";
import { errorShape } from "@spillway/triage";
import type { z } from "zod";
import type { Redactor } from "../../redaction/index.ts";
import type { WorkerBook } from "../worker-book.ts";

export type ListQuery = z.output<typeof listJobsQuery>;

/** A search as asked for, ready to be put to each job. Texts are in lower case; times epoch ms. */
export interface JobFilter {
  states: readonly JobState[];
  order: "newest" | "oldest";
  jobId: string | undefined;
  /** What the payload of every match holds. */
  inPayload: string | undefined;
  from: number | undefined;
  to: number | undefined;
  /** What a scan must bring for it. */
  fields: ScanField[];
  matches(row: SearchedRow): boolean;
}

/** What a search looks at: a row of a scan, or a job whole. */
export type SearchedRow = Omit<ScanRow, "stalled">;

/** Where people look first. */
const ORDER: readonly JobState[] = ["active", "failed", "waiting", "delayed", "blocked", "completed"];

/** Whether jobs can simply be counted and paged. */
export function isPlain(query: ListQuery): query is ListQuery & { state: JobState } {
  const { state, job_id, task, q, error_shape, worker, worker_version, from, to } = query;
  return (
    state !== undefined &&
    [job_id, task, q, error_shape, worker, worker_version, from, to].every((part) => part === undefined)
  );
}

export function jobFilter(
  queue: string,
  query: ListQuery,
  { workers, redactor }: { workers: WorkerBook; redactor: Redactor },
): JobFilter {
  const from = query.from === undefined ? undefined : Date.parse(query.from);
  const to = query.to === undefined ? undefined : Date.parse(query.to);
  const jobId = query.job_id?.toLowerCase();
  const task = query.task?.toLowerCase();
  const worker = query.worker?.toLowerCase();
  const q = query.q?.toLowerCase();
  const tests: ((row: SearchedRow) => boolean)[] = [];
  const fields: ScanField[] = [];
  /** As it is shown: a part of what is not shown finds nothing. */
  const shows = (name: string | null, part: string): boolean =>
    name !== null && holds(name, part) && holds(redactor.value(name), part);
  const ask = (field: ScanField, test: (row: SearchedRow) => boolean): void => {
    fields.push(field);
    tests.push(test);
  };
  if (jobId !== undefined) tests.push(({ id }) => holds(id, jobId));
  if (task !== undefined) ask("task", (row) => holds(row.task, task));
  if (worker !== undefined) {
    // When it ran tells whether a worker of this name can be meant.
    fields.push("times");
    ask("worker", (row) => [row.workerId, workers.whoRan(queue, row)].some((name) => shows(name, worker)));
  }
  const { worker_version: version } = query;
  if (version !== undefined) {
    fields.push("times");
    ask("worker", (row) => workers.versionOf(queue, row) === version);
  }
  if (from !== undefined || to !== undefined) ask("times", (row) => isWithin(timeOf(row), from, to));
  // The costly ones last: they are put only to what passed the others.
  if (query.error_shape !== undefined)
    ask("error", ({ error }) => error !== null && errorShape(error, redactor.value).id === query.error_shape);
  if (q !== undefined) ask("payload", (row) => payloadHolds(row, q, redactor));
  return {
    states: query.state === undefined ? ORDER : [query.state],
    order: query.sort,
    jobId: query.job_id,
    inPayload: q,
    from,
    to,
    fields: [...new Set(fields)],
    matches: (row) => tests.every((test) => test(row)),
  };
}

function holds(text: string | null, part: string): boolean {
  return text?.toLowerCase().includes(part) ?? false;
}

/** Matched again after redaction, so that searching can't tell what a secret is. */
function payloadHolds({ payload, payloadTruncated }: SearchedRow, q: string, redactor: Redactor): boolean {
  return payload !== null && holds(payload, q) && holds(redactor.text(payload, payloadTruncated), q);
}

/** The time a search by time means. */
function timeOf({ state, createdAt, finishedAt }: SearchedRow): number | null {
  return state === "completed" || state === "failed" ? finishedAt : createdAt;
}

function isWithin(at: number | null, from: number | undefined, to: number | undefined): boolean {
  return at !== null && (from === undefined || at >= from) && (to === undefined || at <= to);
}
