/** The zone that times on the screens are in: an IANA name; null for UTC. */
let shown: string | null = null;

export const shownZone = (): string | null => shown;

/** From now on; what is on screen already has to be drawn anew. */
export function showZone(zone: string | null): void {
  shown = zone;
}

/** That of the reader's clock. */
export const zoneHere = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

const formats = new Map<string, Intl.DateTimeFormat | null>();

function formatIn(zone: string): Intl.DateTimeFormat | null {
  const kept = formats.get(zone);
  if (kept !== undefined) return kept;
  let made: Intl.DateTimeFormat | null = null;
  try {
    made = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" });
  } catch {
    // There is no such zone.
  }
  formats.set(zone, made);
  return made;
}

export const isZone = (zone: string): boolean => formatIn(zone) !== null;

const quarter = 900_000;
const offsets = new Map<string, number>();

/** How far a zone is ahead of UTC at a moment, in minutes; no zone changes within a quarter of an hour. */
export function offsetAt(at: number, zone: string): number {
  const key = `${zone} ${Math.floor(at / quarter)}`;
  const kept = offsets.get(key);
  if (kept !== undefined) return kept;
  const name = formatIn(zone)
    ?.formatToParts(at)
    .find(({ type }) => type === "timeZoneName")?.value;
  const [, sign, hours, minutes = "0"] = /([+-])(\d\d):?(\d\d)?/.exec(name ?? "") ?? [];
  const offset = (sign === "-" ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes));
  offsets.set(key, offset);
  return offset;
}

/** `Z`, `+01` or `+0530`, as ISO 8601 has it. */
export function offsetMark(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}${size % 60 === 0 ? "" : two(size % 60)}`;
}
