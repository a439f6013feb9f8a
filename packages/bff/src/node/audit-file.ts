import { basename } from "node:path";
import type { AuditSink } from "../deps.ts";
import { createLineFile } from "./line-file.ts";
import { readLines } from "./read-lines.ts";

/** Copies the audit to a file, an entry a line, and reads it back for the next process. */
export function createAuditFile(path: string): AuditSink & AsyncDisposable {
  const file = createLineFile(path);
  return {
    kind: "file",
    target: basename(path),
    append: (lines) => file.append(lines),
    readBack: () => readLines(path),
    [Symbol.asyncDispose]: () => file[Symbol.asyncDispose](),
  };
}
