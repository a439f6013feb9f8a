/** Redis keys of BullMQ, in one place. A base is `prefix:queue:`; queue names hold no colon. */
export const DEFAULT_PREFIX = "bull";

export function baseOf(prefix: string, queue: string): string {
  return `${prefix}:${queue}:`;
}

/** A glob that matches the meta key of every queue with this prefix, the prefix itself taken literally. */
export function metaPattern(prefix: string): string {
  return `${prefix.replace(/[\\*?[\]]/g, "\\$&")}:*:meta`;
}

/** The queue a meta key belongs to; null if the key is something else, e.g. of a job called `meta`. */
export function queueOfMetaKey(prefix: string, key: string): string | null {
  const name = key.slice(prefix.length + 1, -":meta".length);
  return name === "" || name.includes(":") ? null : name;
}

/** Splits the key of a job in a flow; null unless it has this prefix. */
export function jobOfKey(prefix: string, key: string): { queue: string; id: string } | null {
  if (!key.startsWith(`${prefix}:`)) return null;
  const rest = key.slice(prefix.length + 1);
  const colon = rest.indexOf(":");
  return colon < 1 ? null : { queue: rest.slice(0, colon), id: rest.slice(colon + 1) };
}
