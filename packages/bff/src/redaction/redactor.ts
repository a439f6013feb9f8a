import type { JobError } from "@spillway/engine";
import { JsonScan, type Secrets, scanWithin } from "./json-scan.ts";
import { type KeyRules, keyTest } from "./keys.ts";
import { REDACTED, valueRedaction } from "./values.ts";

/** What an installation says about its own secrets. */
export interface RedactionRules {
  keys: KeyRules;
  /** Secrets that are known by how they look, wherever they stand. */
  patterns: readonly SecretPattern[];
}

/** Matching must take time in proportion to the text: it is put to texts that anybody may have written. */
export interface SecretPattern {
  replaceIn(text: string, by: string): string;
}

export interface Redaction {
  text: string;
  /** Where something was taken out of JSON, e.g. `customer.cards[0].number`; empty for other text. */
  paths: string[];
}

/** Takes secrets out of whatever leaves the process. One per process. */
export interface Redactor {
  /**
   * Takes secrets out of a stored text, JSON or not. JSON keeps its spacing and the digits of its numbers, and stays JSON;
   * a text that only begins like JSON (a head that was cut, say) is treated as both. `isCut`: its end is missing, so that its
   * last word may be the beginning of a secret and is left out. Linear in the text.
   */
  redact(text: string, isCut?: boolean): Redaction;
  /** {@link redact} for those who only want the text. */
  text(text: string, isCut?: boolean): string;
  /** Of a text that is no JSON and not cut: a name, a sentence, a stack. */
  value(text: string): string;
  error<E extends JobError>(error: E): E;
  /** A copy of a plain value whose texts, at any depth, hold no secret. */
  deep<T>(value: T): T;
}

export const NO_RULES: RedactionRules = { keys: { secret: [], shown: [] }, patterns: [] };

/** What begins like JSON: a list, an object, a text, or a number and nothing else. */
const JSON_LIKE = /^\s*(?:[[{"]|-?\d[\d.eE+-]*\s*$)/;

export function createRedactor({ keys, patterns }: RedactionRules = NO_RULES): Redactor {
  const builtIn = valueRedaction(keys);
  const secrets: Secrets = {
    isSecretKey: keyTest(keys),
    value: (text) => patterns.reduce((rest, pattern) => pattern.replaceIn(rest, REDACTED), builtIn(text)),
  };
  const value = (text: string): string => secrets.value(scanWithin(text, secrets));

  function redact(text: string, isCut = false): Redaction {
    const plain = (rest: string): string => value(isCut ? withoutLastWord(rest) : rest);
    if (!JSON_LIKE.test(text)) return { text: plain(text), paths: [] };
    const scan = new JsonScan(text, secrets);
    const scanned = scan.run();
    return { text: isJson(scanned) && !isCut ? scanned : plain(scanned), paths: scan.paths };
  }

  const text = (stored: string, isCut?: boolean): string => redact(stored, isCut).text;
  return {
    redact,
    text,
    value,
    error: (error) => ({
      ...error,
      name: error.name === null ? null : value(error.name),
      message: text(error.message),
      stack: error.stack === null ? null : value(error.stack),
    }),
    deep: (given) => deep(given, text),
  };
}

/** A text that was cut in a word, without that word. */
function withoutLastWord(text: string): string {
  return text.replace(/(?<![^\s"',;{}[\]])[^\s"',;{}[\]]+$/, "…");
}

function deep<T>(given: T, redact: (text: string) => string): T {
  // The copy has the shape of what was given: texts stay texts, lists lists.
  return copyOf(given, redact) as T;
}

function copyOf(given: unknown, redact: (text: string) => string): unknown {
  if (typeof given === "string") return redact(given);
  if (typeof given !== "object" || given === null) return given;
  if (Array.isArray(given)) return given.map((one) => copyOf(one, redact));
  return Object.fromEntries(Object.entries(given).map(([key, one]) => [key, copyOf(one, redact)]));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
