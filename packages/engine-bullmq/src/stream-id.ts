/** Ids of Redis streams: `<ms>-<sequence>`. */
export const STREAM_START = "0-0";

export function streamTime(id: string): number {
  return Number(id.slice(0, id.indexOf("-")));
}

/** Is `a` later than `b`? */
export function laterThan(a: string, b: string): boolean {
  const [aMs = "0", aSeq = "0"] = a.split("-");
  const [bMs = "0", bSeq = "0"] = b.split("-");
  return aMs === bMs ? BigInt(aSeq) > BigInt(bSeq) : Number(aMs) > Number(bMs);
}
