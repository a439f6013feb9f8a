import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { endsInNewline, readLines } from "@spillway/bff/node";
import { createVerifier, isIntact, verdictWords } from "@spillway/contract/audit";
import type { VerifyOrder } from "./parse-verify.ts";
import { UsageError } from "./usage-error.ts";

/**
 * Verifies an audit file or an NDJSON export. Prints what it found; resolves to the exit code: 0 intact, 1 not, or nothing
 * to verify. Throws {@link UsageError} if it can't be read.
 */
export async function verifyAudit(
  { file, head }: VerifyOrder,
  print: (line: string) => void,
): Promise<number> {
  const verifier = createVerifier({
    sha256: (text) => createHash("sha256").update(text).digest("hex"),
    head,
  });
  try {
    if (!(await stat(file)).isFile()) throw new UsageError(`${file} is not a file.`);
    for await (const line of readLines(file)) verifier.add(line);
    const verdict = verifier.end(!(await endsInNewline(file)));
    for (const sentence of verdictWords(verdict)) print(sentence);
    return isIntact(verdict) ? 0 : 1;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    throw new UsageError(`FILE must be a file that can be read; ${file}: ${code}.`);
  }
}
