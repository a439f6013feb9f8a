import type { SecretPattern } from "@spillway/bff/redaction";
import { RE2JS } from "re2js";
import { REFUSED, type Refused } from "./values.ts";

/** Longer ones are hard to read, and to run. Characters. */
const LONGEST = 256;

/**
 * A regular expression by which secrets are known, in RE2's syntax: without look-around and back references, and so matched in
 * time that grows with the text and never with its square. One that matches nothing at all would match everywhere: refused.
 */
export function parsePattern(text: string): SecretPattern | Refused {
  if (text === "" || text.length > LONGEST) return REFUSED;
  try {
    const pattern = RE2JS.compile(text);
    if (pattern.test("")) return REFUSED;
    return {
      replaceIn(where, by) {
        // Most texts hold none: looking is much cheaper than replacing.
        if (!pattern.test(where)) return where;
        return pattern.matcher(where).replaceAll(RE2JS.quoteReplacement(by));
      },
    };
  } catch {
    return REFUSED;
  }
}

/** A line each, as a pattern may hold any other character. */
export function parsePatterns(text: string): string[] | Refused {
  const patterns = text.split("\n").filter((line) => line !== "");
  return patterns.some((pattern) => parsePattern(pattern) === REFUSED) ? REFUSED : patterns;
}
