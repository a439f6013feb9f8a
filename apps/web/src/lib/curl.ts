/** One shell word, whatever it holds. */
export const shellWord = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** A write as a command to paste: with what a browser would send, and this body. */
export const postAsCurl = (url: string, body: Record<string, unknown> = {}): string =>
  `curl -sS -X POST -H 'content-type: application/json' -H 'x-spillway-request: 1' -d ${shellWord(JSON.stringify(body))} ${shellWord(url)}`;
