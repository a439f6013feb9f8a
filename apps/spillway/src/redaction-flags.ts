import type { Flag } from "./flags.ts";
import { parsePatterns } from "./secret-pattern.ts";
import { parseList, REFUSED, type Refused } from "./values.ts";

const flag = <T>(spec: Flag<T>): Flag<T> => spec;

/** A name needs a letter or a digit: of anything else there is nothing to compare. */
function parseKeys(text: string): string[] | Refused {
  const keys = parseList(text);
  return keys !== REFUSED && keys.every((key) => /[\p{L}\p{N}]/u.test(key)) ? keys : REFUSED;
}

/** The settings that say what else is secret. */
export const REDACTION_FLAGS = {
  "redact-keys": flag<string[]>({
    placeholder: "A,B",
    fallback: [],
    shown: "",
    description:
      "further names whose values are secret, like email: wherever they stand, also as part of a longer name",
    allowed: "names separated by commas, none empty",
    repeatable: true,
    parse: parseKeys,
  }),
  "no-redact-keys": flag<string[]>({
    placeholder: "A,B",
    fallback: [],
    shown: "",
    description: "whole names whose values are shown though they sound secret, like card_id",
    allowed: "names separated by commas, none empty",
    repeatable: true,
    parse: parseKeys,
  }),
  "redact-pattern": flag<string[]>({
    placeholder: "REGEX",
    fallback: [],
    shown: "",
    description:
      "what else is secret wherever it stands, in RE2's syntax; may be repeated (in the variable: one a line)",
    allowed:
      "a regular expression of at most 256 characters without look-around and back references, which matches no empty text",
    repeatable: true,
    separator: "\n",
    parse: parsePatterns,
  }),
};
