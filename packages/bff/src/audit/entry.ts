import { ALTERED, hashOf, type Sha256, whyUnlinked } from "@spillway/contract/audit";
import { type ChainEntry, chainEntry, type Intent, type Outcome } from "@spillway/contract/schemas";

export type EntryContent =
  | { kind: "intent"; id: string; body: Intent }
  | { kind: "outcome" | "resolution"; id: string; body: Outcome };

/** Why an entry can't be what followed the last one; null if all agrees. */
export function whyWrong(
  last: Pick<ChainEntry, "seq" | "hash"> | null,
  entry: ChainEntry,
  sha256: Sha256,
): string | null {
  return whyUnlinked(last, entry) ?? (entry.hash === hashOf(entry, sha256) ? null : ALTERED);
}

/** An entry from the line it was copied out as, with all that was hashed; null if it is none. */
export function parseEntry(line: string): ChainEntry | null {
  try {
    const value: unknown = JSON.parse(line);
    return isEntry(value) ? value : null;
  } catch {
    return null;
  }
}

/** Checked as it is: what a parser would leave out belongs to the hash. */
function isEntry(value: unknown): value is ChainEntry {
  return chainEntry.safeParse(value).success;
}
