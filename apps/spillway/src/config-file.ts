import { readFileSync } from "node:fs";
import { ACTIONS } from "@spillway/contract/table";
import { z } from "zod";
import { lineOfPath } from "./json-lines.ts";
import { parsePattern } from "./secret-pattern.ts";
import { UsageError } from "./usage-error.ts";
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
  /** Actions that need a reason. */
  reason_required: z.array(z.enum(ACTIONS)).default([]),
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

/** Reads and checks the file. Throws {@link UsageError} in one line with file, line and path of the first mistake. */
export function readConfigFile(file: string, source: string): ConfigFile {
  const text = readText(file, source);
  const parsed = configFile.safeParse(parseJson(text, file, source));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const extra = issue?.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
  const path = [...(issue?.path ?? []), ...extra];
  const shown = path.length === 0 ? "the file" : path.map(String).join(".");
  throw new UsageError(
    `${source} ${file}:${lineOfPath(text, path)}: ${shown}: ${issue?.message ?? "is not as expected"}`,
  );
}

function readText(file: string, source: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    throw new UsageError(`${source} must be the path of a JSON file that can be read; ${file}: ${code}.`);
  }
}

function parseJson(text: string, file: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message.replaceAll(/\s+/g, " ") : String(error);
    throw new UsageError(`${source} ${file} is not JSON: ${why}`);
  }
}
