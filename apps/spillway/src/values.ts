import { parseRedisAddress } from "@spillway/engine-bullmq";

/** What a flag's parser returns for a text it does not accept. */
export const REFUSED = Symbol("refused");
export type Refused = typeof REFUSED;

const UNITS: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** `500ms`, `5s`, `2m`, `1h` (fractions too) to whole milliseconds. */
export function parseDuration(text: string): number | Refused {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? [];
  const factor = unit === undefined ? undefined : UNITS[unit];
  return factor === undefined ? REFUSED : Math.round(Number(amount) * factor);
}

export function parseInteger(text: string, least: number, most: number): number | Refused {
  if (!/^\d{1,15}$/.test(text)) return REFUSED;
  const value = Number(text);
  return value >= least && value <= most ? value : REFUSED;
}

export function parseSwitch(text: string): boolean | Refused {
  if (text === "true" || text === "1") return true;
  return text === "false" || text === "0" ? false : REFUSED;
}

/** `a,b` to its trimmed parts; an empty part is refused. */
export function parseList(text: string): string[] | Refused {
  const parts = text.split(",").map((part) => part.trim());
  return parts.includes("") ? REFUSED : parts;
}

export interface ExpectedWorkers {
  total: number | null;
  queues: Record<string, number>;
}

const MOST_WORKERS = 100_000;

/** `12`, or `billing=4,emails=2`, whose sum is no claim about the total. */
export function parseExpectedWorkers(text: string): ExpectedWorkers | Refused {
  const total = parseInteger(text, 0, MOST_WORKERS);
  if (total !== REFUSED) return { total, queues: {} };
  const entries: [string, number][] = [];
  for (const part of text.split(",")) {
    const [, queue, count] = /^(.+)=(\d+)$/.exec(part.trim()) ?? [];
    const workers = parseInteger(count ?? "", 0, MOST_WORKERS);
    if (queue === undefined || workers === REFUSED) return REFUSED;
    entries.push([queue.trim(), workers]);
  }
  const queues: Record<string, number> = Object.create(null);
  for (const [queue, count] of entries) queues[queue] = count;
  return Object.keys(queues).length === entries.length ? { total: null, queues } : REFUSED;
}

/** `ops/queues` in any dress to `/ops/queues/`; `/` stays. */
export function parseBasePath(text: string): string | Refused {
  const segments = text.split("/").filter((segment) => segment !== "");
  const plain = (segment: string) => /^[\w.~-]+$/.test(segment) && !/^\.+$/.test(segment);
  if (!segments.every(plain)) return REFUSED;
  return segments.length === 0 ? "/" : `/${segments.join("/")}/`;
}

/** A host name or address without port, in lower case; IPv6 with or without brackets. */
export function parseHost(text: string): string | Refused {
  const host = text.toLowerCase().replace(/^\[(.+)\]$/, "$1");
  return /^(?:[a-z\d](?:[a-z\d.-]*[a-z\d])?|[\da-f:.]*:[\da-f:.]*)$/.test(host) ? host : REFUSED;
}

export function parseRedisUrl(text: string): string | Refused {
  return parseRedisAddress(text) === null ? REFUSED : text;
}
