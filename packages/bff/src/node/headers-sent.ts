import { at } from "./bindings.ts";

/**
 * How often a request carries a header, from what `@hono/node-server` binds to it; null where that can't be told. The request
 * itself shows several as one, joined by commas.
 */
export function timesSent(bindings: unknown, name: string): number | null {
  const raw = at(at(bindings, "incoming"), "rawHeaders");
  if (!Array.isArray(raw)) return null;
  return raw.filter((text, index) => index % 2 === 0 && String(text).toLowerCase() === name).length;
}
