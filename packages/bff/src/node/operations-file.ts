import { open, rename } from "node:fs/promises";
import type { OperationsStore } from "../deps.ts";
import { createLineFile, syncFolder } from "./line-file.ts";
import { readLines } from "./read-lines.ts";

/** Lines gathered before they are written, so that a long file is not held as one text. Characters. */
const PIECE = 1_048_576;

/** Lines that are needed no more may take so much, before the file is put anew. Characters. */
const SLACK = 8_388_608;

export interface OperationsFile extends OperationsStore, AsyncDisposable {}

/** Keeps operations in a file, one line after the other. Nothing but this may write to it. `slack`: in characters. */
export function createOperationsFile(path: string, slack: number = SLACK): OperationsFile {
  const file = createLineFile(path);
  /** Lines that come while the file is put anew; null while it is not. */
  let waiting: { line: string; done: PromiseWithResolvers<void> }[] | null = null;
  let last: Promise<unknown> = Promise.resolve();

  function append(line: string): Promise<void> {
    if (waiting !== null) {
      const done = Promise.withResolvers<void>();
      waiting.push({ line, done });
      return done.promise;
    }
    const written = file.append([line]);
    last = written.catch(() => undefined);
    return written;
  }

  return {
    slack,
    append,
    async *readBack() {
      for await (const line of readLines(path)) if (line !== "") yield line;
    },
    async replace(lines) {
      if (waiting !== null) throw new Error("It is being put anew already.");
      waiting = [];
      try {
        // What is on its way would be written to the file that goes.
        await last;
        await replace(path, lines);
      } finally {
        const held = waiting;
        waiting = null;
        for (const { line, done } of held) append(line).then(done.resolve, done.reject);
      }
    },
    [Symbol.asyncDispose]: () => file[Symbol.asyncDispose](),
  };
}

/** The new file takes the old one's name only when the disk has it. */
async function replace(path: string, lines: Iterable<string>): Promise<void> {
  const besides = `${path}.new`;
  const file = await open(besides, "w", 0o600);
  try {
    let piece = "";
    for (const line of lines) {
      piece += `${line}\n`;
      if (piece.length < PIECE) continue;
      await file.appendFile(piece);
      piece = "";
    }
    await file.appendFile(piece);
    await file.datasync();
  } finally {
    await file.close();
  }
  await rename(besides, path);
  await syncFolder(path);
}
