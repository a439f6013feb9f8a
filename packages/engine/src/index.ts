export { checkHold, checkManyCall } from "./check-call.ts";
export type { Clock } from "./clock.ts";
export type { CurrentJob, EngineErrorCode, UnavailableCause } from "./errors.ts";
export { EngineError } from "./errors.ts";
export type * from "./many-records.ts";
export { MOST_TARGETS } from "./many-records.ts";
export { nextTurn } from "./next-turn.ts";
export type * from "./port.ts";
export type * from "./records.ts";
export {
  DURATION_BUCKETS_MS,
  durationBucket,
  HUGE_PAYLOAD_BYTES,
  JOB_STATES,
  NEXT_RUNS,
  PAYLOAD_HEAD_BYTES,
} from "./records.ts";
export type * from "./scan-records.ts";
