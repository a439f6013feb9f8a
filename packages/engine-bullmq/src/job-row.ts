import { HUGE_PAYLOAD_BYTES, type JobFlag, type JobRow, PAYLOAD_HEAD_BYTES } from "@spillway/engine";
import type { EngineParts } from "./engine-parts.ts";
import { jobError, stackHead } from "./job-error.ts";
import { type RawJob, versionOf } from "./raw-job.ts";
import { isRecord, parseJson } from "./reply.ts";

/** Delayed scores carry 12 bits of sequence below the millisecond. */
const DELAYED_SCORE_PER_MS = 4_096;

/** What else is known of jobs: the events reader may have seen one become waiting, the last snapshot who runs it. */
export type Known = Pick<EngineParts, "workerIds"> & { events: Pick<EngineParts["events"], "waitingSince"> };

/** One job as a list shows it. A job that can't be read is a row that says so. */
export function jobRow(queue: string, raw: RawJob, known: Known): JobRow {
  const options = parseJson(raw.options);
  const readable = raw.readable && raw.name !== null && raw.timestamp !== null && isRecord(options);
  const flags: JobFlag[] = readable ? [] : ["unreadable"];
  const head = trimPartial(raw.payloadHead, raw.payloadBytes);
  const huge = raw.payloadBytes !== null && raw.payloadBytes > HUGE_PAYLOAD_BYTES;
  if (huge) flags.push("huge");
  if (readable && !huge && isNotJson(head, raw.payloadBytes)) flags.push("not_json");
  if (!raw.held) flags.push("stalled");
  return {
    id: raw.id,
    queue,
    task: raw.name ?? "",
    state: raw.state,
    priority: raw.priority ?? 0,
    attemptsMade: Number(raw.made ?? 0),
    maxAttempts:
      isRecord(options) && typeof options.attempts === "number" ? Math.max(1, options.attempts) : 1,
    createdAt: raw.timestamp,
    waitingSince: raw.state === "waiting" ? waitingSince(queue, raw, options, known) : null,
    runAt:
      raw.state === "delayed" && raw.score !== null ? Math.floor(raw.score / DELAYED_SCORE_PER_MS) : null,
    startedAt: raw.processedOn,
    finishedAt: raw.finishedOn === null ? null : Number(raw.finishedOn),
    workerId: workerId(queue, raw, known),
    progress: progressOf(raw.progress),
    error: raw.state === "completed" ? null : jobError(raw.failedReason, stackHead(raw.lastStack)),
    payloadBytes: raw.payloadBytes,
    payloadHead: head,
    flags,
    version: versionOf(raw),
  };
}

/**
 * BullMQ keeps no such time. Its creation time is the truth only for a job that never ran, never waited for a time
 * or for children, and never failed.
 */
function waitingSince(queue: string, raw: RawJob, options: unknown, { events }: Known): number | null {
  const observed = events.waitingSince(queue, raw.id);
  if (observed !== null) return observed;
  const fresh =
    Number(raw.started ?? 0) === 0 &&
    Number(raw.made ?? 0) === 0 &&
    raw.lastStack === null &&
    !raw.hadChildren;
  return fresh && isRecord(options) && !options.delay ? raw.timestamp : null;
}

/** Of a job that runs no more only the name of its worker is kept. */
function workerId(queue: string, raw: RawJob, { workerIds }: Known): string | null {
  const { id, lock, processedBy: name } = raw;
  return raw.state === "active" ? workerIds.of({ queue, jobId: id, lock, name }) : name;
}

function progressOf(raw: string | null): number | string | null {
  if (raw === null) return null;
  const value = parseJson(raw);
  return typeof value === "number" ? value : raw;
}

/** A head cut in the middle of a character ends in replacement characters. */
function trimPartial(head: string | null, bytes: number | null): string | null {
  return head !== null && bytes !== null && bytes > PAYLOAD_HEAD_BYTES ? head.replace(/\uFFFD+$/, "") : head;
}

/** Of a payload longer than its head only the first character can be judged. */
function isNotJson(head: string | null, bytes: number | null): boolean {
  if (head === null) return true;
  if (bytes !== null && bytes > PAYLOAD_HEAD_BYTES) return !/^\s*[[{"\-\dtfn]/.test(head);
  return parseJson(head) === undefined;
}
