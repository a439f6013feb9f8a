import { closeSync, fsyncSync, openSync, renameSync, writeSync } from "node:fs";

/** Puts a text in the place of a file, at once or not at all, for its owner's eyes only. */
export function replaceFile(file: string, text: string): void {
  const beside = `${file}.new`;
  const handle = openSync(beside, "w", 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(beside, file);
}
