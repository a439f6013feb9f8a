import { UsageError } from "./usage-error.ts";

/** What `spillway audit verify` is to check. */
export interface VerifyOrder {
  file: string;
  /** The hash of an entry, noted elsewhere, that must be in the file. */
  head: string | null;
}

const USAGE = "Usage: spillway audit verify FILE [--head HASH]";

/** Reads what follows `audit verify`. Throws {@link UsageError} in one line. */
export function parseVerify(rest: readonly string[]): VerifyOrder {
  const at = rest.findIndex((arg) => arg === "--head" || arg.startsWith("--head="));
  const inline = at === -1 ? undefined : /^--head=(.*)$/s.exec(rest[at] ?? "")?.[1];
  const head = at === -1 ? null : (inline ?? rest[at + 1] ?? "").toLowerCase();
  const files = at === -1 ? rest : rest.toSpliced(at, inline === undefined ? 2 : 1);
  const [file] = files;
  if (file === undefined || files.length > 1 || file.startsWith("--")) throw new UsageError(`${USAGE}.`);
  if (head !== null && !/^[\da-f]{64}$/.test(head))
    throw new UsageError("--head must be the hash of an entry: 64 hexadecimal digits.");
  return { file, head };
}
