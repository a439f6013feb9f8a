import type { JobError } from "@spillway/engine";
import { JsonScan } from "./json-scan.ts";
import { redactValue } from "./values.ts";

export { REDACTED } from "./values.ts";

export interface Redaction {
  text: string;
  /** Where something was taken out of JSON, e.g. `customer.cards[0].number`; empty for other text. */
  paths: string[];
}

/**
 * Takes secrets out of a stored text, JSON or not. JSON keeps its spacing and the digits of its numbers, and stays JSON;
 * a text that only begins like JSON (a head that was cut, say) is treated as both. Linear in the text.
 */
export function redact(text: string): Redaction {
  if (!/^\s*[[{"\d-]/.test(text)) return { text: redactValue(text), paths: [] };
  const scan = new JsonScan(text);
  const scanned = scan.run();
  return { text: isJson(scanned) ? scanned : redactValue(scanned), paths: scan.paths };
}

/** {@link redact} for those who only want the text. */
export function redactText(text: string): string {
  return redact(text).text;
}

export function redactError<E extends JobError>(error: E): E {
  return {
    ...error,
    message: redactText(error.message),
    stack: error.stack === null ? null : redactValue(error.stack),
  };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
