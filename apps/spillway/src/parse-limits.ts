import { DEFAULT_LIMITS, type Limits } from "@spillway/bff/limits";
import { parseInteger, REFUSED, type Refused } from "./values.ts";

/** For how many seconds' worth there is room at once. */
const BURST_S = 10;
const MOST = 100_000;
const NAMES = ["reads", "searches", "writes", "streams", "sharers"] as const;

/** `reads=100,streams=50` changes these of the usual limits; `off` takes all of them away. */
export function parseLimits(text: string): Limits | null | Refused {
  if (text === "off") return null;
  const limits: Limits = { ...DEFAULT_LIMITS };
  for (const part of text.split(",")) {
    const [, written, number = ""] = /^\s*(\w+)=(\d+)\s*$/.exec(part) ?? [];
    const name = NAMES.find((each) => each === written);
    const value = parseInteger(number, 1, MOST);
    if (name === undefined || value === REFUSED) return REFUSED;
    if (name === "streams" || name === "sharers") limits[name] = value;
    else limits[name] = { perSecond: value, burst: value * BURST_S };
  }
  return limits;
}

/** The usual limits as one would write them. */
export function shownLimits({ reads, searches, writes, streams, sharers }: Limits): string {
  return (
    `reads=${reads.perSecond},searches=${searches.perSecond},writes=${writes.perSecond},` +
    `streams=${streams},sharers=${sharers}`
  );
}
