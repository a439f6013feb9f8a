import { EngineError, NEXT_RUNS, type ScheduleRecord } from "@spillway/engine";
import { SCHEDULE_PAUSE } from "./capabilities.ts";
import { type EngineParts, readQueue } from "./engine-parts.ts";
import { baseOf } from "./keys.ts";
import { nextRuns, type Plan, plannedBefore } from "./planned-times.ts";
import { isRecord, list, number, parseJson, text } from "./reply.ts";
import { runIdOf } from "./run-id.ts";
import { runScript } from "./run-script.ts";
import { LIST_SCHEDULES, REMOVE_SCHEDULE, SCHEDULE_TEMPLATE, STARTED_AT } from "./scripts/schedules.ts";

export async function listSchedules(
  parts: EngineParts,
  queue: string,
  signal?: AbortSignal,
): Promise<ScheduleRecord[]> {
  const base = baseOf(parts.prefix, queue);
  const reply = await readQueue(parts, queue, signal, (redis) =>
    runScript(redis, LIST_SCHEDULES, [base], []),
  );
  const found = list(reply).map(scheduleRecord);
  const before = found.map(({ record, plan }) => (record.runs === 0 ? null : plannedBefore(plan)));
  const lastIds = found.flatMap(({ record }, i) => (before[i] === null ? [] : [`${record.id}:${before[i]}`]));
  const started = await startedAt(parts, base, lastIds, signal);
  return found.map(({ record, plan }, i) => {
    // A period ran within its last slot. A pattern's last slot may have been skipped: its job must tell.
    const slot = plan.everyMs === null ? null : (before[i] ?? null);
    return { ...record, lastRunAt: started.get(`${record.id}:${before[i]}`) ?? slot };
  });
}

async function startedAt(
  parts: EngineParts,
  base: string,
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const reply = await parts.connection.read(
    (redis) => runScript(redis, STARTED_AT, [base], [...ids]),
    signal,
  );
  const times = list(reply).map(number);
  return new Map(ids.flatMap((id, i) => (times[i] ? [[id, times[i]]] : [])));
}

function scheduleRecord(reply: unknown): { record: ScheduleRecord; plan: Plan } {
  const [id, next, task, pattern, every, timezone, made, most, data, endDate] = list(reply);
  const jobsMade = number(made);
  const limit = number(most);
  // The counter includes the next job, which has not run yet.
  const runs = jobsMade === null ? null : Math.max(0, jobsMade - 1);
  const times = {
    nextRunAt: number(next),
    pattern: text(pattern),
    everyMs: number(every),
    timezone: text(timezone),
  };
  const runsLeft = limit === null || runs === null ? null : limit - runs;
  const plan = { ...times, endsAt: number(endDate), runsLeft };
  const record = {
    id: text(id) ?? "",
    task: text(task) ?? "",
    ...times,
    nextRuns: nextRuns(plan, NEXT_RUNS),
    lastRunAt: null,
    runs,
    limit,
    paused: false,
    payloadHead: text(data),
  };
  return { record, plan };
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
  // Its classes are needed for this alone, and take 8 MB: whoever runs no schedule goes without them.
  const { Queue } = await import("bullmq");
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
