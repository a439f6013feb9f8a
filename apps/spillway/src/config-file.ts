import { z } from "zod";
import { readJsonFile } from "./json-file.ts";
import { actionPattern } from "./policy/roles-file.ts";
import { parsePattern } from "./secret-pattern.ts";
import { REFUSED } from "./values.ts";

const secretKey = z.string().regex(/[\p{L}\p{N}]/u, "must hold a letter or a digit");
const pattern = z.string().refine((text) => parsePattern(text) !== REFUSED, {
  error: "must be an RE2 regular expression of at most 256 characters that matches no empty text",
});
const NOTHING_MORE = { redact_keys: [], no_redact_keys: [], redact_patterns: [] };

const configFile = z.strictObject({
  /** Links to logs, orchestrator or runbook; the URL may hold {queue}, {task}, {worker}, {job_id}. */
  links: z
    .array(
      z.strictObject({
        on: z.enum(["queue", "task", "worker", "trouble"]),
        label: z.string().trim().min(1).max(80),
        url: z.string().regex(/^https?:\/\//, "must begin with http:// or https://"),
      }),
    )
    .default([]),
  /** Shown when jobs of a task are about to be retried. */
  task_notes: z.record(z.string(), z.string().trim().min(1).max(500)).default({}),
  /** Actions that need a reason, by name or pattern. */
  reason_required: z.array(actionPattern).default([]),
  /** What is secret here beside what is secret everywhere; as the flags of these names. */
  redaction: z
    .strictObject({
      redact_keys: z.array(secretKey).default([]),
      no_redact_keys: z.array(secretKey).default([]),
      redact_patterns: z.array(pattern).default([]),
    })
    .default(NOTHING_MORE),
});
export type ConfigFile = z.infer<typeof configFile>;

export const EMPTY_CONFIG_FILE: ConfigFile = {
  links: [],
  task_notes: {},
  reason_required: [],
  redaction: NOTHING_MORE,
};

/** Reads and checks the file. Throws `UsageError` in one line with file, line and path of the first mistake. */
export function readConfigFile(file: string, source: string): ConfigFile {
  return readJsonFile(file, source, configFile);
}
