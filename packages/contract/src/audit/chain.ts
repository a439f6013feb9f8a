import { canonicalJson } from "./canonical.ts";

export type Sha256 = (text: string) => string;

/** One line of the chain as it is copied out: what it says, its place, and what binds it to the entry before. */
export interface RawEntry {
  kind: "intent" | "outcome" | "resolution";
  /** From 1, without a hole. */
  seq: number;
  at: string;
  /** The record it belongs to. */
  id: string;
  prev_hash: string;
  hash: string;
  body: Readonly<Record<string, unknown>>;
}

/** The chain's hash before its first entry. */
export const GENESIS = "0".repeat(64);

/** The hash an entry must have: over the hash before it and all that it says. */
export function hashOf(entry: Omit<RawEntry, "hash">, sha256: Sha256): string {
  const { kind, seq, at, id, prev_hash, body } = entry;
  return sha256(prev_hash + canonicalJson({ kind, seq, at, id, body }));
}

/** Why an entry does not follow the one before it; null if it does. The first may begin anywhere. */
export function whyUnlinked(
  last: Pick<RawEntry, "seq" | "hash"> | null,
  entry: Pick<RawEntry, "seq" | "prev_hash">,
): string | null {
  if (last === null)
    return entry.seq === 1 && entry.prev_hash !== GENESIS ? "the first entry does not begin a chain" : null;
  if (entry.seq !== last.seq + 1) return `entry ${last.seq + 1} should follow entry ${last.seq}`;
  return entry.prev_hash === last.hash ? null : "it does not continue the entry before it";
}

export const ALTERED = "its content does not match its hash";

const KINDS: readonly unknown[] = ["intent", "outcome", "resolution"] satisfies RawEntry["kind"][];

/** Whether a value has the form of an entry. What its body says is for its hash to vouch for. */
export function isRawEntry(value: unknown): value is RawEntry {
  if (!isObject(value)) return false;
  const { kind, seq, at, id, prev_hash, hash, body } = value;
  const isNumbered = typeof seq === "number" && Number.isSafeInteger(seq) && seq >= 1;
  return KINDS.includes(kind) && isNumbered && [at, id, prev_hash, hash].every(isText) && isObject(body);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const isText = (value: unknown): boolean => typeof value === "string";
