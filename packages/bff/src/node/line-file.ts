import { type FileHandle, open, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { endsInNewline } from "./read-lines.ts";

/** A file that only grows, line by line. */
export interface LineFile extends AsyncDisposable {
  /** Answers when the disk has them. Rejects with why not, in words; then they may be there in part, or again later. */
  append(lines: readonly string[]): Promise<void>;
}

/**
 * Lines that come while others are being written go together in the next write. Nothing but this may write to the file;
 * where it was moved away, a new one is begun in its place.
 */
export function createLineFile(path: string): LineFile {
  const waiting: { lines: readonly string[]; done: PromiseWithResolvers<void> }[] = [];
  let file: FileHandle | null = null;
  let isWriting = false;
  let written: Promise<void> = Promise.resolve();
  /** Where the last writing broke off, the file may end in half a line. */
  let isTorn = true;

  async function opened(): Promise<FileHandle> {
    if (file !== null && !(await isAt(file, path))) {
      await file.close();
      file = null;
    }
    if (file === null) {
      file = await open(path, "a", 0o600);
      await syncFolder(path);
      isTorn = true;
    }
    return file;
  }

  async function write(): Promise<void> {
    isWriting = true;
    while (waiting.length > 0) {
      const batch = waiting.splice(0);
      try {
        const target = await opened();
        const lead = isTorn && !(await endsInNewline(path)) ? "\n" : "";
        isTorn = true;
        await target.appendFile(
          lead + batch.flatMap(({ lines }) => lines.map((line) => `${line}\n`)).join(""),
        );
        await target.datasync();
        isTorn = false;
        for (const { done } of batch) done.resolve();
      } catch (error) {
        for (const { done } of batch) done.reject(inWords(error));
        await file?.close().catch(() => undefined);
        file = null;
      }
    }
    isWriting = false;
  }

  return {
    append(lines) {
      const done = Promise.withResolvers<void>();
      waiting.push({ lines, done });
      if (!isWriting) written = write();
      return done.promise;
    },
    async [Symbol.asyncDispose]() {
      await written;
      await file?.close();
      file = null;
    },
  };
}

/** False after the file was renamed or deleted, as a rotation does. */
async function isAt(file: FileHandle, path: string): Promise<boolean> {
  const there = await stat(path).catch(() => null);
  const own = await file.stat();
  return there !== null && there.ino === own.ino && there.dev === own.dev;
}

/** A file that was just made is only safe when its folder is. Where a system can't do that, the file itself must do. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(dirname(path), "r").catch(() => null);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}

const WORDS: Record<string, string> = {
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EACCES: "no permission to write",
  EPERM: "no permission to write",
  EROFS: "the disk is read-only",
  ENOENT: "its folder is gone",
  EISDIR: "there is a folder of that name",
  EIO: "the disk failed",
};

function inWords(error: unknown): Error {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
  return new Error(`${WORDS[code] ?? "it can't be written"} (${code})`, { cause: error });
}
