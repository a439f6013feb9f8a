/** A time as people type it (`2026-11-23`, `2026-11-23 14:02`, with or without Z), read as UTC; null if it is none. */
export function typedTime(text: string): string | null {
  const plain = text.trim().replace(" ", "T").replace(/Z$/i, "");
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?)?$/.test(plain)) return null;
  const at = Date.parse(`${plain}${plain.includes("T") ? "" : "T00:00"}Z`);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}
