import { REDACTED } from "../redaction/index.ts";

const DEEPEST = 4;
const MOST_FIELDS = 60;
const LONGEST = 120;

/** The plain values in a payload by their dotted paths, e.g. `customer.country`; lists and what was redacted are left out. */
export function fieldsOf(payload: string | null): Map<string, string> {
  const fields = new Map<string, string>();
  collect(parsed(payload), [], fields);
  return fields;
}

/** What stands at a path, as text; null if nothing does. */
export function fieldAt(payload: unknown, path: readonly string[]): string | null {
  let at = payload;
  for (const part of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, part)) return null;
    at = Reflect.get(at, part);
  }
  return at === undefined ? null : shortText(at);
}

function collect(value: unknown, path: readonly string[], fields: Map<string, string>): void {
  if (typeof value !== "object" || value === null) {
    const text = shortText(value);
    if (path.length > 0 && fields.size < MOST_FIELDS && !text.includes(REDACTED))
      fields.set(path.join("."), text);
    return;
  }
  if (Array.isArray(value) || path.length >= DEEPEST) return;
  for (const [name, inner] of Object.entries(value))
    if (!name.includes(".")) collect(inner, [...path, name], fields);
}

function parsed(payload: string | null): unknown {
  try {
    return payload === null ? {} : JSON.parse(payload);
  } catch {
    return {};
  }
}

function shortText(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
