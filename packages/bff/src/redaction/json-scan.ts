import type { IsSecretKey } from "./keys.ts";
import { isCardNumber, REDACTED } from "./values.ts";

/** JSON text inside a JSON string is looked into this deep. */
const MOST_NESTED = 3;
const QUOTED = JSON.stringify(REDACTED);
/** Where an object or a list may begin in the middle of a text. */
const BEGINNING = /\{\s*"|\[\s*[{["]/g;
/** A path that is longer ends in `…`: each of many secrets deep down would repeat all that is above it. Characters. */
const LONGEST_PATH = 200;
const SPACE = new Set([" ", "\t", "\n", "\r"]);

/** What is secret. */
export interface Secrets {
  isSecretKey: IsSecretKey;
  /** Takes secrets out of a text without keys. */
  value(text: string): string;
}

interface Level {
  isObject: boolean;
  /** Where in it the scan is: a key of an object, an index of an array. */
  at: string | number;
  expectsKey: boolean;
}

/**
 * Walks JSON text from left to right and copies everything but secrets, so that spacing, order, double keys and the
 * digits of large numbers stay as they were stored. Text that ends early or is not quite JSON is walked as far as it goes.
 */
export class JsonScan {
  readonly paths: string[] = [];
  readonly #text: string;
  readonly #secrets: Secrets;
  readonly #depth: number;
  readonly #levels: Level[] = [];
  readonly #out: string[] = [];
  #i = 0;

  constructor(text: string, secrets: Secrets, depth = 0) {
    this.#text = text;
    this.#secrets = secrets;
    this.#depth = depth;
  }

  run(): string {
    while (this.#i < this.#text.length) this.#step(this.#text[this.#i] ?? "");
    return this.#out.join("");
  }

  /** As far as the object or the list goes with which the text begins; `length`: of what was walked. */
  runFirst(): { text: string; length: number } {
    do this.#step(this.#text[this.#i] ?? "");
    while (this.#levels.length > 0 && this.#i < this.#text.length);
    return { text: this.#out.join(""), length: this.#i };
  }

  #step(char: string): void {
    const level = this.#levels.at(-1);
    if (char === '"' && level?.isObject && level.expectsKey) this.#key(level);
    else if (char === '"') this.#string();
    else if ((char >= "0" && char <= "9") || char === "-") this.#number();
    else this.#mark(char, level);
  }

  #mark(char: string, level: Level | undefined): void {
    if (char === "{" || char === "[") this.#levels.push({ isObject: char === "{", at: 0, expectsKey: true });
    else if (char === "}" || char === "]") this.#levels.pop();
    else if (char === "," && level?.isObject) level.expectsKey = true;
    else if (char === "," && typeof level?.at === "number") level.at++;
    this.#copy(1);
  }

  #copy(length: number): void {
    this.#out.push(this.#text.slice(this.#i, this.#i + length));
    this.#i += length;
  }

  #key(level: Level): void {
    const end = endOfString(this.#text, this.#i);
    const key = decode(this.#text.slice(this.#i, end));
    const shown = this.#secrets.value(key);
    if (shown === key) this.#copy(end - this.#i);
    else this.#put(end, JSON.stringify(shown));
    while (SPACE.has(this.#text[this.#i] ?? "")) this.#copy(1);
    if (this.#text[this.#i] !== ":") return;
    this.#copy(1);
    while (SPACE.has(this.#text[this.#i] ?? "")) this.#copy(1);
    level.at = shown;
    level.expectsKey = false;
    if (this.#secrets.isSecretKey(key)) this.#hide();
  }

  /** Leaves the whole next value out, unless it says nothing: null, a boolean, an empty text. */
  #hide(): void {
    const end = endOfValue(this.#text, this.#i);
    const value = this.#text.slice(this.#i, end);
    if (value === "" || /^(?:null|true|false|""|\{\s*\}|\[\s*\])$/.test(value)) return;
    this.#replace(end, QUOTED);
  }

  #put(end: number, by: string): void {
    this.#out.push(by);
    this.#i = end;
  }

  #replace(end: number, by: string): void {
    this.#put(end, by);
    this.paths.push(pathOf(this.#levels));
  }

  #string(): void {
    const end = endOfString(this.#text, this.#i);
    const token = this.#text.slice(this.#i, end);
    const value = decode(token);
    const redacted = this.#redactString(value);
    if (redacted === value) this.#copy(end - this.#i);
    else this.#replace(end, JSON.stringify(redacted));
  }

  #redactString(value: string): string {
    const secrets = this.#secrets;
    if (this.#depth >= MOST_NESTED) return secrets.value(value);
    return secrets.value(scanWithin(value, secrets, this.#depth + 1));
  }

  #number(): void {
    let end = this.#i + 1;
    while (end < this.#text.length && /[\d.eE+-]/.test(this.#text[end] ?? "")) end++;
    const digits = this.#text.slice(this.#i, end);
    if (digits.length >= 13 && isCardNumber(digits)) this.#replace(end, QUOTED);
    else this.#copy(end - this.#i);
  }
}

/** Takes out of a text what stands under secret keys in JSON that it holds: `Request failed: {"otp":"123456"}`. Linear in it. */
export function scanWithin(text: string, secrets: Secrets, depth = 0): string {
  let out = "";
  let at = 0;
  BEGINNING.lastIndex = 0;
  for (let found = BEGINNING.exec(text); found !== null; found = BEGINNING.exec(text)) {
    const first = new JsonScan(text.slice(found.index), secrets, depth).runFirst();
    out += text.slice(at, found.index) + first.text;
    at = found.index + first.length;
    BEGINNING.lastIndex = at;
  }
  return at === 0 ? text : out + text.slice(at);
}

/** Just after the closing quote, or the end of the text. */
function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === '"') return i + 1;
  }
  return text.length;
}

function endOfValue(text: string, start: number): number {
  if (text[start] === '"') return endOfString(text, start);
  let depth = 0;
  for (let i = start; i < text.length; i++) {
    const char = text[i] ?? "";
    if (char === '"') i = endOfString(text, i) - 1;
    else if (char === "{" || char === "[") depth++;
    else if (char === "}" || char === "]") {
      if (depth === 0) return i;
      depth--;
      if (depth === 0) return i + 1;
    } else if (depth === 0 && (char === "," || SPACE.has(char))) return i;
  }
  return text.length;
}

/** The text of a string token; one that is cut off or malformed is taken as it stands. */
function decode(token: string): string {
  const isWhole = token.length > 1 && token.endsWith('"');
  const inner = isWhole ? token.slice(1, -1) : token.slice(1);
  if (!inner.includes("\\")) return inner;
  try {
    const value: unknown = JSON.parse(isWhole ? token : `"${inner.replace(/\\[^\\]{0,5}$/, "")}"`);
    return typeof value === "string" ? value : inner;
  } catch {
    return inner;
  }
}

/** `customer.cards[0].number`; keys with other characters in brackets and quotes. */
function pathOf(levels: readonly Level[]): string {
  let path = "";
  for (const { isObject, at } of levels) {
    const key = String(at).slice(0, LONGEST_PATH);
    if (!isObject) path += `[${at}]`;
    else path += /^[A-Za-z_$][\w$-]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
    if (path.length > LONGEST_PATH) return `${path.slice(0, LONGEST_PATH).replace(/^\./, "")}…`;
  }
  return path === "" ? "$" : path.replace(/^\./, "");
}
