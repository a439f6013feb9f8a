import { type FileHandle, open, readFile } from "node:fs/promises";
import type { AuditSink } from "../deps.ts";

/**
 * Appends lines to a file and answers when the disk has them. Lines that come while one is being written go together in
 * the next write. Nothing but this may write to the file.
 */
export function createFileSink(path: string): AuditSink & AsyncDisposable {
  const waiting: { line: string; done: PromiseWithResolvers<void> }[] = [];
  let file: FileHandle | null = null;
  let isWriting = false;
  let written: Promise<void> = Promise.resolve();
  /** Where the last writing broke off, the file may end in half a line. */
  let isTorn = true;

  async function write(): Promise<void> {
    isWriting = true;
    while (waiting.length > 0) {
      const batch = waiting.splice(0);
      try {
        file ??= await open(path, "a", 0o600);
        const lead = isTorn && (await file.stat()).size > 0 && !(await endsInNewline(path)) ? "\n" : "";
        isTorn = true;
        await file.appendFile(lead + batch.map(({ line }) => `${line}\n`).join(""));
        await file.datasync();
        isTorn = false;
        for (const { done } of batch) done.resolve();
      } catch (error) {
        for (const { done } of batch) done.reject(error);
        await file?.close().catch(() => undefined);
        file = null;
      }
    }
    isWriting = false;
  }

  return {
    append(line) {
      const done = Promise.withResolvers<void>();
      waiting.push({ line, done });
      if (!isWriting) written = write();
      return done.promise;
    },
    readBack: () => readLines(path),
    async [Symbol.asyncDispose]() {
      await written;
      await file?.close();
      file = null;
    },
  };
}

async function endsInNewline(path: string): Promise<boolean> {
  const reader = await open(path, "r");
  try {
    const { size } = await reader.stat();
    if (size === 0) return true;
    const { buffer } = await reader.read(Buffer.alloc(1), 0, 1, size - 1);
    return buffer[0] === 0x0a;
  } finally {
    await reader.close();
  }
}

/** A last line that broke off is left out and told; a file that isn't there yet is empty. */
async function readLines(path: string): Promise<{ lines: string[]; problem: string | null }> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT")
      return { lines: [], problem: null };
    throw error;
  }
  const lines = text.split("\n");
  const rest = lines.pop() ?? "";
  const isTorn = rest !== "" && !isJson(rest);
  if (rest !== "" && !isTorn) lines.push(rest);
  return {
    lines: lines.filter((line) => line !== ""),
    problem: isTorn ? "The last line of the file broke off in the middle of being written." : null,
  };
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
