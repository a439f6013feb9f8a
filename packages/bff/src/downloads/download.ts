/** A file to download. */
export interface Download {
  type: string;
  ending: string;
  body: string | ReadableStream<Uint8Array>;
}

export const CSV = { type: "text/csv; charset=utf-8", ending: "csv" } as const;
export const NDJSON = { type: "application/x-ndjson; charset=utf-8", ending: "ndjson" } as const;

/** Of a name, so much stands in that of a file. Characters. */
const MOST_NAME = 60;

/** The reply by which a browser keeps it, named after what is in it and when it was asked for. `now`: epoch ms. */
export function downloadReply(
  { type, ending, body }: Download,
  what: readonly string[],
  now: number,
): Response {
  const at = new Date(now).toISOString().slice(0, 19).replaceAll(":", "");
  const name = what.map((part) => part.replaceAll(/[^\w.-]+/g, "_").slice(0, MOST_NAME)).join("-");
  return new Response(body, {
    headers: {
      "Content-Type": type,
      "Content-Disposition": `attachment; filename="spillway-${name}-${at}Z.${ending}"`,
    },
  });
}
