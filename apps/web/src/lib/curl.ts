/** One shell word, whatever it holds. */
export const shellWord = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** In double quotes, so that the shell puts in what it knows. */
const token = `-H "authorization: Bearer $SPILLWAY_TOKEN" `;

/** A read as a command to paste; `isOpen`: nobody asks for a token. */
export const readAsCurl = (url: string, isOpen: boolean): string =>
  `curl -sS ${isOpen ? "" : token}${shellWord(url)}`;

/** A write as a command to paste: with what a browser would send, and this body. */
export const postAsCurl = (url: string, body: Record<string, unknown>, isOpen: boolean): string =>
  `curl -sS -X POST ${isOpen ? "" : token}-H 'content-type: application/json' -H 'x-spillway-request: 1' -d ${shellWord(JSON.stringify(body))} ${shellWord(url)}`;
