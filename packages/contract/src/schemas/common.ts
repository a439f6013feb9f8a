import { z } from "zod";

/** ISO 8601 UTC with milliseconds. */
export const time = z.iso.datetime({ precision: 3 });
export const nullableTime = time.nullable();
export const jobState = z.enum(["waiting", "active", "delayed", "blocked", "completed", "failed"]);
export type JobState = z.infer<typeof jobState>;

const count = z.int().min(0);
export const counts = z.object({
  waiting: count,
  active: count,
  delayed: count,
  blocked: count,
  completed: count,
  failed: count,
});
export type Counts = z.infer<typeof counts>;

const rate = z.number().min(0).nullable();
/** Per minute, measured; null where the engine can't tell or nothing was measured yet. */
export const rates = z.object({
  enqueued_per_min: rate,
  started_per_min: rate,
  completed_per_min: rate,
  failed_attempts_per_min: rate,
  failed_per_min: rate,
  auto_retried_per_min: rate,
  operator_retried_per_min: rate,
  retried_per_min: rate,
});
export type Rates = z.infer<typeof rates>;

/** Query parts. Texts that people type are bounded so that matching stays linear and short. */
export const searchText = z.string().max(256).optional();
export const queryTime = z.iso.datetime({ offset: true }).optional();
/** A moment, e.g. the start of an incident: the reply also tells what was before it. */
export const sinceQuery = z.object({ since: queryTime });
export const size = z.coerce.number().int().min(1).max(200).default(50);
export const page = z.coerce.number().int().min(1).default(1);
/** Comma-separated where several are allowed. */
export const flag = z.stringbool().optional();

/** What every write may carry. */
export const writeBody = z.strictObject({
  reason: z.string().max(500).optional(),
  incident: z.string().max(100).optional(),
});
export const expectation = z.strictObject({ version: z.string().max(200) });
export const jobWriteBody = writeBody.extend({ expect: expectation.optional() });
