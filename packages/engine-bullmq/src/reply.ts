/** Reads what a script replied: nested arrays of texts, numbers and nils. Anything else is a bug of a script. */

export function list(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new TypeError(`A script replied ${typeof value} where a list belongs.`);
  return value;
}

export function text(value: unknown): string | null {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : null;
}

/** A number, or null for nil and for text that is none. */
export function number(value: unknown): number | null {
  const raw = text(value);
  if (raw === null || raw === "") return null;
  const parsed = Number(raw);
  return Number.isFinite(parsed) ? parsed : null;
}

/** Any JSON value, or undefined if the text is none. */
export function parseJson(raw: string | null): unknown {
  if (raw === null) return undefined;
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
