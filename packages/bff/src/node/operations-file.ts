import { createReadStream } from "node:fs";
import { open, rename } from "node:fs/promises";
import { createInterface } from "node:readline";
import type { OperationsStore } from "../deps.ts";
import { createFileSink } from "./file-sink.ts";

/** Lines gathered before they are written, so that a long file is not held as one text. Characters. */
const PIECE = 1_048_576;

/** Keeps operations in a file, one line after the other. Nothing but this may write to it. */
export function createOperationsFile(path: string): OperationsStore & AsyncDisposable {
  const sink = createFileSink(path);
  return {
    append: (line) => sink.append(line),
    readBack: () => readLines(path),
    replace: (lines) => replace(path, lines),
    [Symbol.asyncDispose]: () => sink[Symbol.asyncDispose](),
  };
}

/** A file that is not there yet has no lines. */
async function* readLines(path: string): AsyncGenerator<string> {
  try {
    const input = createReadStream(path, "utf8");
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY }))
      if (line !== "") yield line;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return;
    throw error;
  }
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
