import { Once } from "../metrics/once.ts";

/** Shorter texts are sent as they are: packing them saves no packet. Characters. */
const SHORT = 1_400;
/** How many texts, packed, are kept: those that were asked for last. */
const KEPT = 4;
const TYPE = { "Content-Type": "application/json", Vary: "Accept-Encoding" };

/** JSON that many ask for: made into bytes, and packed for those who take it so, once however many they are. */
export function createPacker(): (text: string, accepts: string | undefined) => Promise<Response> {
  const plain = new Once<Uint8Array<ArrayBuffer>>(KEPT);
  const packed = new Once<Promise<ArrayBuffer>>(KEPT);
  return async (text, accepts) => {
    if (text.length < SHORT) return new Response(text, { headers: TYPE });
    if (!takesGzip(accepts)) {
      const bytes = plain.get(text, () => new TextEncoder().encode(text));
      return new Response(bytes, { headers: TYPE });
    }
    const bytes = await packed.get(text, () => gzip(text));
    return new Response(bytes, { headers: { ...TYPE, "Content-Encoding": "gzip" } });
  };
}

const gzip = (text: string): Promise<ArrayBuffer> =>
  new Response(new Response(text).body?.pipeThrough(new CompressionStream("gzip"))).arrayBuffer();

/** `gzip;q=0` refuses it. */
function takesGzip(accepts = ""): boolean {
  const gzip = accepts.split(",").find((one) => /^\s*gzip\s*(;|$)/i.test(one));
  return gzip !== undefined && !/;\s*q=0(\.0*)?\s*$/i.test(gzip);
}
