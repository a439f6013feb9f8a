import type { JobEvent, JobRecord, JobRef, JobRow, LogLine, ReadOptions, Slice } from "@spillway/engine";
import { attemptsOf } from "./attempts.ts";
import { type EngineParts, readQueue } from "./engine-parts.ts";
import { jobRow } from "./job-row.ts";
import { gone } from "./job-words.ts";
import { baseOf, jobOfKey } from "./keys.ts";
import { rawJob } from "./raw-job.ts";
import { list, number, text } from "./reply.ts";
import { scheduleOfRun } from "./run-id.ts";
import { runScript } from "./run-script.ts";
import { JOB_DETAIL, JOB_LOGS, PAYLOAD_BYTES } from "./scripts/job-detail.ts";

/** One job whole; null if there is none. */
export async function readJob(
  parts: EngineParts,
  queue: string,
  jobId: string,
  signal?: AbortSignal,
): Promise<JobRecord | null> {
  const reply = await readQueue(parts, queue, signal, (redis) =>
    runScript(redis, JOB_DETAIL, [baseOf(parts.prefix, queue)], [jobId]),
  );
  return reply === null ? null : jobRecord(parts, queue, list(reply));
}

function jobRecord(parts: EngineParts, queue: string, reply: readonly unknown[]): JobRecord {
  const raw = rawJob(reply[0]);
  const row = jobRow(queue, raw, parts);
  const [, payload, result, options, stacks, lines, parentKey, scheduler] = reply;
  const childKeys = reply.slice(8, 12).flatMap((keys) => list(keys ?? []).map((key) => text(key) ?? ""));
  return {
    ...row,
    payload: text(payload),
    payloadTruncated: (row.payloadBytes ?? 0) > PAYLOAD_BYTES,
    result: text(result),
    options: text(options) ?? "{}",
    attempts: attemptsOf(row, text(stacks), raw.failedReason),
    events: eventsOf(row),
    logLines: number(lines) ?? 0,
    parent: jobOfKey(parts.prefix, text(parentKey) ?? ""),
    children: [...new Set(childKeys)]
      .map((key) => jobOfKey(parts.prefix, key))
      .filter((ref): ref is JobRef => ref !== null),
    scheduleId: text(scheduler) ?? scheduleOfRun(row.id),
  };
}

/** What the record of a job tells of its life: only what has a time. */
function eventsOf(row: JobRow): JobEvent[] {
  const events: JobEvent[] = [];
  const add = (
    at: number | null,
    event: JobEvent["event"],
    workerId: string | null,
    detail: string | null,
  ) => {
    if (at !== null) events.push({ at, event, workerId, detail });
  };
  add(row.createdAt, "created", null, null);
  if (row.waitingSince !== row.createdAt) add(row.waitingSince, "waiting", null, null);
  add(row.startedAt, "started", row.workerId, null);
  if (row.state === "completed") add(row.finishedAt, "completed", row.workerId, null);
  if (row.state === "failed") add(row.finishedAt, "failed", row.workerId, row.error?.message ?? null);
  return events.sort((a, b) => a.at - b.at);
}

/** Log lines, oldest first. BullMQ keeps text without times. */
export async function readLogs(
  parts: EngineParts,
  queue: string,
  jobId: string,
  options: { offset: number; limit: number } & ReadOptions,
): Promise<Slice<LogLine>> {
  const args = [jobId, options.offset, options.limit];
  const reply = await readQueue(parts, queue, options.signal, (redis) =>
    runScript(redis, JOB_LOGS, [baseOf(parts.prefix, queue)], args),
  );
  if (reply === null) throw gone();
  const [total, lines] = list(reply);
  const rows = list(lines).map((line) => ({ at: null, text: text(line) ?? "" }));
  return { rows, total: number(total) ?? 0 };
}
