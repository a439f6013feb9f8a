import { z } from "zod";
import { jobState } from "./common.ts";

export const problemCode = z.enum([
  "invalid_request",
  "unauthenticated",
  "forbidden",
  "not_found",
  "conflict",
  "too_large",
  "unsupported_media_type",
  "misdirected",
  "key_reused",
  "rate_limited",
  "internal",
  "unsupported",
  "engine_unavailable",
  "audit_unavailable",
  "outcome_unknown",
]);
export type ProblemCode = z.infer<typeof problemCode>;

export const engineCause = z.enum([
  "down",
  "auth",
  "permission",
  "readonly",
  "masterdown",
  "oom",
  "timeout",
  "circuit_open",
]);

/** RFC 9457 `application/problem+json`. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: problemCode,
  detail: z.string(),
  request_id: z.string(),
  issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  /** With `conflict`: what is true now, and who made it so where the audit knows. */
  current: z
    .object({ state: jobState.nullable(), version: z.string().nullable(), by: z.string().nullable() })
    .optional(),
  /** With `conflict` of an action on many jobs: the operation that is under way and must end first. */
  operation_id: z.string().optional(),
  /** With `conflict` of an action on more jobs than could be counted at once: ask on for it, then act by it. */
  selection_token: z.string().optional(),
  capability: z.string().optional(),
  cause: engineCause.optional(),
  audit_id: z.string().optional(),
  /** With `not_found` of a job: the last thing seen to happen to it, if any. */
  last_known: z.object({ event: z.string(), at: z.string() }).optional(),
});
export type Problem = z.infer<typeof problem>;
