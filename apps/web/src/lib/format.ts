import { offsetAt, offsetMark, shownZone } from "./zone.ts";

const dash = "–";

/** `41208` → `41,208`, as in the sentences of the server; unknown → `–`. */
export function formatCount(value: number | null | undefined): string {
  if (value === null || value === undefined) return dash;
  const [whole = "", fraction] = String(Math.abs(value) < 1e15 ? value : Math.round(value)).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** A flow per minute: whole numbers from 10 up, one decimal below. */
export function formatRate(perMin: number | null | undefined): string {
  if (perMin === null || perMin === undefined) return dash;
  if (perMin !== 0 && Math.abs(perMin) < 0.05) return perMin < 0 ? "> −0.1" : "< 0.1";
  return formatCount(Math.abs(perMin) >= 10 ? Math.round(perMin) : Math.round(perMin * 10) / 10);
}

const units = [
  ["d", 86_400],
  ["h", 3600],
  ["min", 60],
] as const;

/** Seconds as the two largest units that matter: `850 ms`, `1.2 s`, `41 s`, `1 min 40 s`, `2 h 5 min`, `3 d 4 h`. */
export function formatDuration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return dash;
  const size = Math.abs(seconds);
  if (size < 1) return `${Math.round(seconds * 1000)} ms`;
  if (size < 10) return `${Math.round(seconds * 10) / 10} s`;
  const whole = Math.round(size);
  if (whole < 60) return `${Math.round(seconds)} s`;
  const sign = seconds < 0 ? "−" : "";
  for (const [index, [unit, length]] of units.entries()) {
    if (whole < length) continue;
    const [nextUnit, nextLength] = units[index + 1] ?? ["s", 1];
    const rest = Math.floor((whole % length) / nextLength);
    return `${sign}${Math.floor(whole / length)} ${unit}${rest === 0 ? "" : ` ${rest} ${nextUnit}`}`;
  }
  return dash;
}

export const formatMs = (ms: number | null | undefined): string =>
  formatDuration(ms === null || ms === undefined ? null : ms / 1000);

/** One unit only, for ages in lists: `8 s`, `11 min`, `2 h`, `3 d`. */
export function formatAge(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return dash;
  const size = Math.max(0, seconds);
  if (size < 60) return `${Math.floor(size)} s`;
  if (size < 3600) return `${Math.floor(size / 60)} min`;
  if (size < 86_400) return `${Math.floor(size / 3600)} h`;
  return `${Math.floor(size / 86_400)} d`;
}

/** Powers of 1,024 under their everyday names. */
export function formatBytes(bytes: number | null | undefined): string {
  if (bytes === null || bytes === undefined) return dash;
  let value = bytes;
  for (const unit of ["B", "kB", "MB", "GB"]) {
    if (value < 1024 || unit === "GB")
      return `${value >= 10 || unit === "B" ? Math.round(value) : value.toFixed(1)} ${unit}`;
    value /= 1024;
  }
  return dash;
}

/** A share 0–1 as `91 %`; below one per cent with a decimal. */
export function formatShare(share: number | null | undefined): string {
  if (share === null || share === undefined) return dash;
  const percent = share * 100;
  return `${percent > 0 && percent < 1 ? percent.toFixed(1) : Math.round(percent)} %`;
}

type When = string | number | Date;

/** `14:02:11Z` */
export const utcTime = (at: When): string => timeIn(at, null);
/** `2026-11-23 14:02:11Z`. In notes and fields, whatever the screens show. */
export const utcStamp = (at: When): string => stampIn(at, null);

// On screens, in the zone that is chosen: UTC unless the address says otherwise.
/** `14:02:11Z`, or `15:02:11+01` */
export const shownTime = (at: When): string => timeIn(at, shownZone());
/** `14:02Z` */
export const shownMinute = (at: When): string => withoutSeconds(shownTime(at));
/** `11-23` */
export const shownDay = (at: When): string => shownStamp(at).slice(5, 10);
/** `14:02Z` today, with its date otherwise. */
export const shownClock = (at: When, now: number): string =>
  sameDay(at, now) ? shownMinute(at) : withoutSeconds(shownStamp(at));
/** `2026-11-23 14:02:11Z` */
export const shownStamp = (at: When): string => stampIn(at, shownZone());
/** The time alone today, with its date otherwise. */
export const shownShort = (at: When, now: number): string =>
  sameDay(at, now) ? shownTime(at) : withoutSeconds(shownStamp(at));
/** Stands behind a time: `, 15:02:11 here` where it is in UTC, else the same in UTC; empty where both are one. */
export const alsoTime = (at: When): string => (shownZone() === null ? wallClock(at) : `, ${utcTime(at)}`);

/**
 * `, 15:02:11 here`: what a clock on the reader's wall says, to stand behind a time in UTC; empty where that is the same.
 * `offsetMin`: how far the wall is behind UTC, as JavaScript counts it.
 */
export function wallClock(at: When, offsetMin = new Date(at).getTimezoneOffset()): string {
  if (offsetMin === 0) return "";
  return `, ${new Date(new Date(at).getTime() - offsetMin * 60_000).toISOString().slice(11, 19)} here`;
}

const stampIn = (at: When, zone: string | null): string => {
  const { iso, mark } = inZone(at, zone);
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)}${mark}`;
};

const timeIn = (at: When, zone: string | null): string => {
  const { iso, mark } = inZone(at, zone);
  return `${iso.slice(11, 19)}${mark}`;
};

/** What clocks in a zone show, and how far they are ahead of UTC. */
function inZone(at: When, zone: string | null): { iso: string; mark: string } {
  if (zone === null) return { iso: new Date(at).toISOString(), mark: "Z" };
  const ms = new Date(at).getTime();
  const offset = offsetAt(ms, zone);
  return { iso: new Date(ms + offset * 60_000).toISOString(), mark: offsetMark(offset) };
}

const withoutSeconds = (text: string): string => text.replace(/(\d\d:\d\d):\d\d/, "$1");

const sameDay = (a: When, b: When): boolean => shownStamp(a).slice(0, 10) === shownStamp(b).slice(0, 10);

/** `1 job`, `2 jobs`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

/** A long id cut in its middle so that head and tail stay comparable; `max` counts characters. */
export function shortId(id: string, max = 18): string {
  const tail = 4;
  return id.length <= max ? id : `${id.slice(0, max - tail - 1)}…${id.slice(-tail)}`;
}
