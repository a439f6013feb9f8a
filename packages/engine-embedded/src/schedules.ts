import { EngineError, NEXT_RUNS, PAYLOAD_HEAD_BYTES, type ScheduleRecord } from "@spillway/engine";
import { CronExpressionParser } from "cron-parser";
import { type JobOptions, payloadText } from "./job.ts";
import { addJob } from "./lifecycle.ts";
import type { QueueStore } from "./queue-store.ts";
import { headOf } from "./text.ts";
import type { World } from "./world.ts";

export interface ScheduleOptions {
  id: string;
  task: string;
  payload?: unknown;
  /** A cron pattern, with or without seconds… */
  pattern?: string;
  /** …or a period, aligned to the epoch. Ms. */
  everyMs?: number;
  /** IANA name; default UTC. */
  timezone?: string;
  /** It ends after so many planned runs. */
  limit?: number;
  /** What its jobs are added with. */
  options?: Omit<JobOptions, "id" | "children" | "parent">;
}

/** A schedule as the engine keeps it. */
export interface Schedule {
  readonly options: ScheduleOptions;
  readonly payload: string;
  paused: boolean;
  nextRunAt: number | null;
  lastRunAt: number | null;
  runs: number;
  cancel: (() => void) | null;
}

/** Adds or replaces a schedule. Throws `refused` if it says neither when nor how often, or not so that it can be read. */
export function addSchedule(world: World, queue: string, options: ScheduleOptions): void {
  const store = world.define(queue);
  nextRun(options, world.agenda.now());
  store.schedules.get(options.id)?.cancel?.();
  const schedule: Schedule = {
    options,
    payload: payloadText(options.payload ?? {}),
    paused: false,
    nextRunAt: null,
    lastRunAt: null,
    runs: 0,
    cancel: null,
  };
  store.schedules.set(options.id, schedule);
  plan(world, store, schedule);
}

function nextRun(options: ScheduleOptions, now: number): number {
  if (options.everyMs !== undefined && options.everyMs > 0)
    return (Math.floor(now / options.everyMs) + 1) * options.everyMs;
  try {
    if (options.pattern === undefined) throw new RangeError("neither a pattern nor a period");
    const parsed = CronExpressionParser.parse(options.pattern, {
      currentDate: new Date(now),
      tz: options.timezone ?? "UTC",
    });
    return parsed.next().getTime();
  } catch (source) {
    throw new EngineError("refused", `Schedule ${JSON.stringify(options.id)} has no time to run at.`, {
      source,
    });
  }
}

function nextRuns({ options, nextRunAt, runs }: Schedule): number[] {
  const times = nextRunAt === null ? [] : [nextRunAt];
  const left = options.limit === undefined ? NEXT_RUNS : options.limit - runs;
  for (let at = nextRunAt; at !== null && times.length < Math.min(NEXT_RUNS, left); ) {
    at = nextRun(options, at);
    times.push(at);
  }
  return times;
}

function plan(world: World, store: QueueStore, schedule: Schedule): void {
  const at = nextRun(schedule.options, world.agenda.now());
  schedule.nextRunAt = at;
  schedule.cancel = world.agenda.at(at, () => {
    schedule.runs += 1;
    run(world, store, schedule);
    if (schedule.options.limit === undefined || schedule.runs < schedule.options.limit)
      plan(world, store, schedule);
    else store.schedules.delete(schedule.options.id);
  });
}

function run(world: World, store: QueueStore, schedule: Schedule): string {
  const { task, id, options } = schedule.options;
  schedule.lastRunAt = world.agenda.now();
  return addJob(world, { queue: store.name, task, payload: schedule.payload, options: options ?? {} }, id);
}

function find(store: QueueStore, id: string): Schedule {
  const schedule = store.schedules.get(id);
  if (schedule) return schedule;
  throw new EngineError(
    "schedule_not_found",
    `Queue ${JSON.stringify(store.name)} has no schedule ${JSON.stringify(id)}.`,
  );
}

export function pauseSchedule(store: QueueStore, id: string): void {
  const schedule = find(store, id);
  schedule.cancel?.();
  schedule.cancel = null;
  schedule.nextRunAt = null;
  schedule.paused = true;
}

export function resumeSchedule(world: World, store: QueueStore, id: string): void {
  const schedule = find(store, id);
  if (!schedule.paused) return;
  schedule.paused = false;
  plan(world, store, schedule);
}

export function runSchedule(world: World, store: QueueStore, id: string): string {
  return run(world, store, find(store, id));
}

export function removeSchedule(store: QueueStore, id: string): void {
  find(store, id).cancel?.();
  store.schedules.delete(id);
}

export function toScheduleRecord(schedule: Schedule): ScheduleRecord {
  const { id, task, pattern, everyMs, timezone, limit } = schedule.options;
  return {
    id,
    task,
    pattern: pattern ?? null,
    everyMs: everyMs ?? null,
    timezone: timezone ?? (pattern === undefined ? null : "UTC"),
    nextRunAt: schedule.nextRunAt,
    nextRuns: nextRuns(schedule),
    lastRunAt: schedule.lastRunAt,
    runs: schedule.runs,
    limit: limit ?? null,
    paused: schedule.paused,
    payloadHead: headOf(schedule.payload, PAYLOAD_HEAD_BYTES),
  };
}
