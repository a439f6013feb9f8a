import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";

/**
 * The lines of a file, empty ones too, however large it is; a file that is not there yet has none. Only `\n` ends a line:
 * JSON may hold the other line breaks of Unicode as they are.
 */
export async function* readLines(path: string): AsyncGenerator<string> {
  let rest = "";
  try {
    for await (const chunk of createReadStream(path, { encoding: "utf8", highWaterMark: 262_144 })) {
      const lines = (rest + String(chunk)).split("\n");
      rest = lines.pop() ?? "";
      yield* lines;
    }
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return;
    throw error;
  }
  if (rest !== "") yield rest;
}

/** Whether the last line of a file is whole; an empty file has none that is not. */
export async function endsInNewline(path: string): Promise<boolean> {
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
