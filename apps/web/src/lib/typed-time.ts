const day = 86_400_000;

/**
 * A time as people type it, read as UTC: `2026-11-23`, `2026-11-23 14:02`, or `14:02` for the last time that it was so
 * before `now` (epoch ms); with or without Z. Null if it is none.
 */
export function typedTime(text: string, now?: number): string | null {
  const plain = text.trim().replace(" ", "T").replace(/Z$/i, "");
  if (now !== undefined && /^\d\d:\d\d(:\d\d)?$/.test(plain)) {
    const today = typedTime(`${new Date(now).toISOString().slice(0, 10)}T${plain}`);
    const isAhead = today !== null && Date.parse(today) > now;
    return isAhead ? new Date(Date.parse(today) - day).toISOString() : today;
  }
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?)?$/.test(plain)) return null;
  const at = Date.parse(`${plain}${plain.includes("T") ? "" : "T00:00"}Z`);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}
