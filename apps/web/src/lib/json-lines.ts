/**
 * JSON text as lines to show, without ever parsing a number: digits beyond 2^53 stay as they were written. Text that is
 * not JSON gives null.
 */
export interface JsonLine {
  depth: number;
  /** Where this value lives, as `tenant.items[2]`; empty at the root. */
  path: string;
  key: string | null;
  kind: "string" | "number" | "word" | "open" | "close";
  /** Raw text of a scalar; the bracket of an opening or closing line. */
  text: string;
  comma: boolean;
  /** Of an opening line: the index of the line that closes it. Equal to its own for `{}` and `[]`. */
  end: number;
}

const token =
  /\s*(?:([{}[\],:])|("(?:[^"\\\n\r]|\\.)*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null))/y;
const maxDepth = 200;

class NotJson extends Error {}

export function jsonLines(text: string): JsonLine[] | null {
  const reader = createReader(text);
  const lines: JsonLine[] = [];
  try {
    readValue(reader, lines, 0, "", null);
    if (reader.rest().trim() !== "") return null;
    return lines;
  } catch (error) {
    if (error instanceof NotJson) return null;
    throw error;
  }
}

interface Token {
  kind: "mark" | "string" | "number" | "word";
  text: string;
}

function createReader(text: string) {
  let at = 0;
  let ahead: Token | null = null;
  const read = (): Token => {
    token.lastIndex = at;
    const match = token.exec(text);
    if (match === null) throw new NotJson();
    at = token.lastIndex;
    const [, mark, quoted, number, word] = match;
    if (mark !== undefined) return { kind: "mark", text: mark };
    if (quoted !== undefined) return { kind: "string", text: quoted };
    return number === undefined ? { kind: "word", text: word ?? "" } : { kind: "number", text: number };
  };
  return {
    peek: () => (ahead ??= read()),
    next: (): Token => {
      const one = ahead ?? read();
      ahead = null;
      return one;
    },
    rest: () => text.slice(at),
  };
}
type Reader = ReturnType<typeof createReader>;

function readValue(reader: Reader, lines: JsonLine[], depth: number, path: string, key: string | null): void {
  if (depth > maxDepth) throw new NotJson();
  const one = reader.next();
  if (one.kind === "mark") {
    if (one.text !== "{" && one.text !== "[") throw new NotJson();
    readBlock(reader, lines, depth, path, key, one.text);
    return;
  }
  lines.push({ depth, path, key, kind: one.kind, text: one.text, comma: false, end: lines.length });
}

function readBlock(
  reader: Reader,
  lines: JsonLine[],
  depth: number,
  path: string,
  key: string | null,
  bracket: "{" | "[",
): void {
  const close = bracket === "{" ? "}" : "]";
  const open: JsonLine = { depth, path, key, kind: "open", text: bracket, comma: false, end: lines.length };
  lines.push(open);
  if (reader.peek().text === close) {
    reader.next();
    open.text = bracket + close;
    return;
  }
  for (let index = 0; ; index++) {
    const name = bracket === "{" ? readKey(reader) : null;
    const first = lines.length;
    readValue(reader, lines, depth + 1, name === null ? `${path}[${index}]` : joinPath(path, name), name);
    const separator = reader.next().text;
    const last = lines[lines[first]?.end ?? first];
    if (separator === close) break;
    if (separator !== ",") throw new NotJson();
    if (last !== undefined) last.comma = true;
  }
  open.end = lines.length;
  lines.push({ depth, path, key: null, kind: "close", text: close, comma: false, end: lines.length });
}

function readKey(reader: Reader): string {
  const name = reader.next();
  if (name.kind !== "string" || reader.next().text !== ":") throw new NotJson();
  try {
    return String(JSON.parse(name.text));
  } catch {
    throw new NotJson();
  }
}

function joinPath(path: string, key: string): string {
  if (!/^[\w$-]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}
