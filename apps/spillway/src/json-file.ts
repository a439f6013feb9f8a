import { readFileSync } from "node:fs";
import type { z } from "zod";
import { lineOfPath } from "./json-lines.ts";
import { UsageError } from "./usage-error.ts";

/** Reads and checks a file. Throws {@link UsageError} in one line with file, line and path of the first mistake. */
export function readJsonFile<S extends z.ZodType>(file: string, source: string, schema: S): z.output<S> {
  const text = readText(file, source);
  const parsed = schema.safeParse(parseJson(text, file, source));
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
