import { actionsOf, type PolicyRules } from "@spillway/bff";
import { z } from "zod";
import { readJsonFile } from "../json-file.ts";

const MOST_PATTERN = 256;
/** As they can be named in the files of users and tokens. */
const ROLE_NAME = /^[\w.-]{1,100}$/;

/** Actions by name or pattern. One that names nothing is a mistake: what it was to deny would stay allowed. */
export const actionPattern = z
  .string()
  .max(MOST_PATTERN)
  .refine((pattern) => actionsOf(pattern).length > 0, {
    error: "must name actions: one like job.retry, a pattern like job.*, * or destructive",
  });
const queuePattern = z.string().min(1, "must not be empty").max(MOST_PATTERN);
const queuePatterns = z.array(queuePattern).min(1, 'must name at least one queue; "*" is all of them');

const rule = z.strictObject({
  actions: z.array(actionPattern).min(1, "must name at least one action"),
  queues: queuePatterns,
});
const role = z.strictObject({
  /** Queues that exist for whoever has the role. All others are not there for them. */
  sees: queuePatterns,
  allow: z.array(rule).default([]),
  deny: z.array(rule).default([]),
});
const rolesFile = z.strictObject({
  roles: z
    .record(z.string().regex(ROLE_NAME, "must be a name of letters, digits and . _ -"), role)
    .default({}),
  read_only: z.array(queuePattern).default([]),
  reason_required: z
    .array(
      rule.extend({
        queues: queuePatterns.default(["*"]),
        roles: z.array(z.string().min(1)).min(1).optional(),
      }),
    )
    .default([]),
});

/** Throws `UsageError` with file, line and path of the first mistake. */
export function readRolesFile(file: string, source: string): PolicyRules {
  const {
    roles,
    read_only: readOnlyQueues,
    reason_required: reasonRequired,
  } = readJsonFile(file, source, rolesFile);
  return { roles, readOnlyQueues, reasonRequired };
}
