import { EngineError, type ScheduleRecord } from "@spillway/engine";
import { Queue } from "bullmq";
import { SCHEDULE_PAUSE } from "./capabilities.ts";
import { type EngineParts, readQueue } from "./engine-parts.ts";
import { baseOf } from "./keys.ts";
import { isRecord, list, number, parseJson, text } from "./reply.ts";
import { runIdOf } from "./run-id.ts";
import { runScript } from "./run-script.ts";
import { LIST_SCHEDULES, REMOVE_SCHEDULE, SCHEDULE_TEMPLATE } from "./scripts/schedules.ts";

export async function listSchedules(
  parts: EngineParts,
  queue: string,
  signal?: AbortSignal,
): Promise<ScheduleRecord[]> {
  const reply = await readQueue(parts, queue, signal, (redis) =>
    runScript(redis, LIST_SCHEDULES, [baseOf(parts.prefix, queue)], []),
  );
  return list(reply).map(scheduleRecord);
}

function scheduleRecord(reply: unknown): ScheduleRecord {
  const [id, next, task, pattern, every, timezone, made, limit, data] = list(reply);
  const jobsMade = number(made);
  const everyMs = number(every);
  const nextRunAt = number(next);
  // The counter includes the next job, which has not run yet.
  const runs = jobsMade === null ? null : Math.max(0, jobsMade - 1);
  return {
    id: text(id) ?? "",
    task: text(task) ?? "",
    pattern: text(pattern),
    everyMs,
    timezone: text(timezone),
    nextRunAt,
    lastRunAt:
      everyMs !== null && nextRunAt !== null && runs !== null && runs > 0 ? nextRunAt - everyMs : null,
    runs,
    limit: number(limit),
    paused: false,
    payloadHead: text(data),
  };
}

/** Adds one job from the template; the planned runs stay as they are. Its id tells the schedule and the moment. */
export async function runSchedule(parts: EngineParts, queue: string, scheduleId: string): Promise<string> {
  const base = baseOf(parts.prefix, queue);
  const template = await readQueue(parts, queue, undefined, (redis) =>
    runScript(redis, SCHEDULE_TEMPLATE, [base], [scheduleId]),
  );
  if (template === null) throw noSchedule(scheduleId);
  const [name, data, options] = list(template).map(text);
  const jobId = runIdOf(scheduleId, parts.clock.now());
  const parsedOptions = parseJson(options ?? "{}");
  await parts.connection.write(async (redis) => {
    const producer = new Queue(queue, {
      connection: redis,
      prefix: parts.prefix,
      skipWaitingForReady: true,
      skipVersionCheck: true,
      skipMetasUpdate: true,
    });
    producer.on("error", () => {});
    try {
      const jobOptions = isRecord(parsedOptions) ? parsedOptions : {};
      await producer.add(name ?? "", parseJson(data ?? "{}") ?? {}, { ...jobOptions, jobId, delay: 0 });
    } finally {
      await producer.close();
    }
  });
  return jobId;
}

export async function removeSchedule(parts: EngineParts, queue: string, scheduleId: string): Promise<void> {
  await parts.discovery.require(queue);
  const code = await parts.connection.write((redis) =>
    runScript(redis, REMOVE_SCHEDULE, [baseOf(parts.prefix, queue)], [scheduleId]),
  );
  if (Number(code) !== 0) throw noSchedule(scheduleId);
}

export function cannotPauseSchedule(): EngineError {
  return new EngineError("unsupported", SCHEDULE_PAUSE, { capability: "schedule_pause" });
}

function noSchedule(scheduleId: string): EngineError {
  return new EngineError(
    "schedule_not_found",
    `There is no schedule “${scheduleId.slice(0, 200)}” in this queue.`,
  );
}
