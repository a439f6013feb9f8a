const day = 86_400_000;

/**
 * A time as people type it, read as UTC: `2026-11-23`, `2026-11-23 14:02`, or `14:02` for the last time that it was so
 * before `now` (epoch ms); with or without Z, or with how far it is ahead as the screens show it: `15:02+01`. Null if it is none.
 */
export function typedTime(text: string, now?: number): string | null {
  const [, ahead, hours = "0", minutes = "0"] =
    /:\d\d(?:\.\d+)?([+-])(\d\d):?(\d\d)?$/.exec(text.trim()) ?? [];
  if (ahead !== undefined) {
    const there = typedTime(text.trim().replace(/[+-]\d\d:?(?:\d\d)?$/, ""), now);
    const ms = (Number(hours) * 60 + Number(minutes)) * 60_000;
    return there === null ? null : new Date(Date.parse(there) - (ahead === "+" ? ms : -ms)).toISOString();
  }
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
