import { z } from "zod";
import { auditStatus } from "./audit.ts";
import { jobState, jobWriteBody } from "./common.ts";

export const retryBody = jobWriteBody.extend({ reset_attempts: z.boolean().default(false) });

/** The reply to every write that took effect or was taken on. */
export const writeReply = z.object({
  audit_id: z.string(),
  status: auditStatus,
});
/** Of a write on one job: what is true of it now; null once it is gone. */
export const jobWriteReply = writeReply.extend({
  job: z.object({ id: z.string(), state: jobState.nullable(), version: z.string().nullable() }),
});
/** The payload as it is stored. Kept nowhere: neither the audit nor a repeated request with the same key has it. */
export const revealReply = jobWriteReply.extend({
  payload: z.string().nullable(),
  payload_truncated: z.boolean(),
});
export const cancelReply = jobWriteReply.extend({
  /** Whether the job is no longer running. */
  stopped: z.boolean(),
});
export const runScheduleReply = writeReply.extend({ job_id: z.string() });
/** `go_to`: where a browser ends the login at an identity provider too; null where there is nothing to end. */
export const logOutReply = writeReply.extend({ go_to: z.url({ protocol: /^https?$/ }).nullable() });
export const logInReply = writeReply.extend({ name: z.string(), roles: z.array(z.string()) });
export const nameReply = writeReply.extend({ name: z.string() });
export const markerReply = writeReply.extend({ id: z.string(), incident: z.string().nullable() });
