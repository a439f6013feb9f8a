import { counts } from "@spillway/contract/schemas";
import { z } from "zod";
import { invalid } from "../../http/problem.ts";

const place = z.strictObject({
  /** Of the search it belongs to. */
  search: z.string(),
  /** The engine's own, from before the batch to go on in; null: from the beginning. */
  engine: z.string().nullable(),
  /**
   * Jobs of that batch that were found already. Never by how many rows: of those some match only in what is not shown, and whoever
   * reads this could tell.
   */
  done: z.int().min(0),
  /** Fingerprints of the last of them, newest last: what is removed meanwhile moves the rest up. */
  last: z.array(z.int()).max(32),
  /** The job whose id is exactly what was searched for was given out first. */
  exact: z.boolean(),
  /** What was found so far. */
  found: counts.partial(),
});

/** Where a search stopped. Opaque to callers. */
export type Place = z.infer<typeof place>;

export function encodePlace(at: Place): string {
  const bytes = new TextEncoder().encode(JSON.stringify(at));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}

/** Throws `invalid_request` for anything that is not a place of this very search. */
export function decodePlace(cursor: string, search: string): Place {
  const at = parse(cursor);
  if (at?.search === search) return at;
  throw invalid("cursor", "It does not belong to this search. Search again without it.");
}

function parse(cursor: string): Place | null {
  try {
    const binary = atob(cursor.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
    return place.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return null;
  }
}

/** 32 bits of a text (FNV-1a); tells the rows of one batch apart. */
export function fingerprint(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
