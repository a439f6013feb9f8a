import type { JobDetail, JobSummary } from "@spillway/contract/schemas";
import {
  type AttemptRecord,
  type Clock,
  type JobError,
  type JobRecord,
  type JobRow,
  PAYLOAD_HEAD_BYTES,
} from "@spillway/engine";
import { errorShape, parseStack } from "@spillway/triage";
import { iso, isoOrNull } from "../metrics/wire-time.ts";
import type { Redactor } from "../redaction/index.ts";
import type { JobViews } from "../seams.ts";

/** A row shows one line of the payload; the whole is a click away. Characters. */
const PREVIEW_LENGTH = 512;

type TimelineEntry = JobDetail["timeline"][number];

export interface AllJobViews extends JobViews {
  /** `fromAudit`: what people did to it; merged with the engine's own events, oldest first. */
  detail(record: JobRecord, fromAudit: readonly TimelineEntry[]): JobDetail;
}

/** Turns what an engine knows into what people may see: secrets taken out, previews cut, errors fingerprinted. */
export function createJobViews(clock: Clock, redactor: Redactor): AllJobViews {
  const summary = (row: JobRow): JobSummary => toSummary(row, clock.now(), redactor);
  return {
    summary,
    detail: (record, fromAudit) => ({
      ...summary(record),
      ...bodyOf(record, redactor),
      as_of: iso(clock.now()),
      timeline: timelineOf(record, fromAudit, redactor),
      attempts: record.attempts.map((attempt) => toAttempt(attempt, redactor)),
      log_lines: record.logLines,
      parent: record.parent,
      children: record.children,
      schedule_id: record.scheduleId,
    }),
  };
}

function toSummary(row: JobRow, now: number, redactor: Redactor): JobSummary {
  return {
    id: row.id,
    queue: row.queue,
    task: row.task,
    state: row.state,
    priority: row.priority,
    attempts_made: row.attemptsMade,
    max_attempts: row.maxAttempts,
    created_at: isoOrNull(row.createdAt),
    waiting_since: isoOrNull(row.waitingSince),
    run_at: isoOrNull(row.runAt),
    started_at: isoOrNull(row.startedAt),
    finished_at: isoOrNull(row.finishedAt),
    wait_ms: waitOf(row, now),
    run_ms: runOf(row, now),
    worker_id: shownOr(row.workerId, redactor),
    progress: typeof row.progress === "string" ? redactor.text(row.progress) : row.progress,
    error: row.error === null ? null : toError(row.error, redactor),
    payload_bytes: row.payloadBytes,
    payload_preview: row.payloadHead === null ? null : preview(row.payloadHead, isCut(row), redactor),
    flags: row.flags,
    version: row.version,
  };
}

function toError(error: JobError, redactor: Redactor): NonNullable<JobSummary["error"]> {
  const { name, message } = redactor.error(error);
  return { name, message, shape_id: errorShape(error, redactor.value).id };
}

/** A worker may bear any name. */
const shownOr = (name: string | null, { value }: Redactor): string | null =>
  name === null ? null : value(name);

const isCut = ({ payloadBytes }: JobRow): boolean =>
  payloadBytes !== null && payloadBytes > PAYLOAD_HEAD_BYTES;

function preview(head: string, isHead: boolean, redactor: Redactor): string {
  const text = redactor.text(head, isHead).trim();
  return text.length > PREVIEW_LENGTH ? `${text.slice(0, PREVIEW_LENGTH - 1)}…` : text;
}

/** How long it waited for its last run, or has been waiting; null where a part is unknown. */
function waitOf(row: JobRow, now: number): number | null {
  if (row.waitingSince === null) return null;
  if (row.state === "waiting") return Math.max(0, now - row.waitingSince);
  if (row.startedAt === null || row.startedAt < row.waitingSince) return null;
  return row.startedAt - row.waitingSince;
}

function runOf(row: JobRow, now: number): number | null {
  if (row.startedAt === null) return null;
  if (row.state === "active") return Math.max(0, now - row.startedAt);
  if (row.finishedAt === null || row.finishedAt < row.startedAt) return null;
  return row.finishedAt - row.startedAt;
}

function bodyOf(record: JobRecord, redactor: Redactor) {
  const payload = record.payload === null ? null : redactor.redact(record.payload, record.payloadTruncated);
  return {
    payload: payload?.text ?? null,
    payload_truncated: record.payloadTruncated,
    redacted_paths: payload?.paths ?? [],
    result: record.result === null ? null : redactor.text(record.result),
    options: redactor.text(record.options),
  };
}

function toAttempt(attempt: AttemptRecord, redactor: Redactor): JobDetail["attempts"][number] {
  const error = attempt.error === null ? null : redactor.error(attempt.error);
  return {
    number: attempt.number,
    started_at: isoOrNull(attempt.startedAt),
    finished_at: isoOrNull(attempt.finishedAt),
    worker_id: shownOr(attempt.workerId, redactor),
    error: error && {
      name: error.name,
      message: error.message,
      stack: error.stack,
      frames: (error.stack === null ? [] : parseStack(error.stack)).map(({ inApp, ...frame }) => ({
        ...frame,
        in_app: inApp,
      })),
    },
  };
}

function timelineOf(
  record: JobRecord,
  fromAudit: readonly TimelineEntry[],
  redactor: Redactor,
): TimelineEntry[] {
  const fromEngine = record.events.map((event) => ({
    at: iso(event.at),
    event: event.event,
    source: "engine" as const,
    worker_id: event.workerId,
    detail: event.detail === null ? null : redactor.text(event.detail),
  }));
  return [...fromEngine, ...fromAudit].sort((a, b) => a.at.localeCompare(b.at));
}
