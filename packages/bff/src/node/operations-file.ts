import { open, rename } from "node:fs/promises";
import type { OperationsStore } from "../deps.ts";
import { createLineFile } from "./line-file.ts";
import { readLines } from "./read-lines.ts";

/** Lines gathered before they are written, so that a long file is not held as one text. Characters. */
const PIECE = 1_048_576;

/** Keeps operations in a file, one line after the other. Nothing but this may write to it. */
export function createOperationsFile(path: string): OperationsStore & AsyncDisposable {
  const file = createLineFile(path);
  return {
    append: (line) => file.append([line]),
    async *readBack() {
      for await (const line of readLines(path)) if (line !== "") yield line;
    },
    replace: (lines) => replace(path, lines),
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
}
