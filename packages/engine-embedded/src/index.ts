export { createManualClock, type ManualClock, realClock } from "./clock.ts";
export { createEmbeddedEngine, type EmbeddedEngine, type EmbeddedEngineOptions } from "./engine.ts";
export type { Backoff, JobOptions, NewJob } from "./job.ts";
export type { QueueOptions } from "./queue-store.ts";
export { createRehearsal } from "./rehearsal.ts";
export type { JobContext, Plan, Processor, Simulation } from "./run.ts";
export { SCENARIOS, scenarioNames } from "./scenarios/index.ts";
export type { ScheduleOptions } from "./schedules.ts";
export type { WorkerOptions } from "./worker.ts";
