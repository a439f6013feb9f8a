import { ANY, tokenPattern } from "./token.ts";

/** How much of a message is read, and how much of its pattern is kept. Characters. */
const MESSAGE_CAP = 2048;
const PATTERN_CAP = 300;

/** Whether a character ends a word, by its code; characters beyond ASCII do not. */
const BREAKS = Uint8Array.from({ length: 128 }, (_, code) =>
  " \t\r\n\"'`()[]{}<>;|=".includes(String.fromCharCode(code)) ? 1 : 0,
);
const QUOTE = 34;
const COMMA = 44;
const APOSTROPHE = 39;
const URL_END = new Set(' \t\r\n"`<>|');
const TRAILING = /[.,:!?…]{1,8}$/;

/** Before a quoted name these say that it is part of the program or its schema, not a value of today. */
const CODE_NOUNS = new Set(
  (
    "reading setting property column relation constraint table schema module package function method type field " +
    "parameter command operation view index trigger role capability code error reason export import option " +
    "attribute argument header scope permission queue topic bucket event variable param"
  ).split(" "),
);
const COUNTED = new Set(
  (
    "millisecond second minute hour day week attempt time byte item row job record connection request argument " +
    "character element token key column parameter message file result error object value worker user document chunk"
  ).split(" "),
);
/** `900 ms` and `1.2 s` are one quantity: the unit goes with the number. */
const UNIT = /^(?:ns|us|µs|ms|s|secs?|mins?|h|hrs?|[kKMGT]?i?B|bytes)$/;
const IDENTIFIER = /^[@A-Za-z_$][\w$.\-/@]{0,80}$/;
const CALENDAR =
  /^(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?$|^(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:tember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)$/;

/**
 * A message with its variable parts taken out: ids, numbers and tokens become `#`; quoted values `<str>`; and
 * `<url>`, `<email>`, `<path>`, `<ip>`, `<time>`. One pass, linear; reads at most 2 kB and keeps at most 300 characters.
 */
export function messagePattern(message: string): string {
  const pieces = new PatternBuilder();
  const text = message.length > MESSAGE_CAP ? message.slice(0, MESSAGE_CAP) : message;
  const unclosed = new Set<string>();
  let i = 0;
  while (i < text.length && pieces.length < PATTERN_CAP) {
    const code = text.charCodeAt(i);
    const char = text.charAt(i);
    const quotes = (code === QUOTE || code === APOSTROPHE) && opens(text, i) && !unclosed.has(char);
    const end = quotes ? closing(text, i, unclosed) : -1;
    if (end > 0) {
      pieces.quoted(text.slice(i + 1, end), text.charAt(end + 1) === ":");
      i = end + 1;
    } else if (isBreak(text, i)) {
      pieces.separator(char);
      i++;
    } else {
      i = pieces.word(text, i);
    }
  }
  return pieces.toString();
}

function isBreak(text: string, i: number): boolean {
  const code = text.charCodeAt(i);
  if (code < 128 && BREAKS[code] === 0 && code !== COMMA) return false;
  if (code === COMMA) return !(isDigit(text.charCodeAt(i - 1)) && isDigit(text.charCodeAt(i + 1)));
  // An apostrophe inside a word is not a quote.
  if (code === APOSTROPHE) return !(isWordChar(text.charCodeAt(i - 1)) && isWordChar(text.charCodeAt(i + 1)));
  return BREAKS[code] === 1;
}

/** A URL in brackets ends before the bracket that was not opened in it. */
function withoutOuterBracket(word: string): string {
  let depth = 0;
  for (let i = 0; i < word.length; i++) {
    const char = word.charAt(i);
    if ("([{".includes(char)) depth++;
    else if (")]}".includes(char) && --depth < 0) return word.slice(0, i);
  }
  return word;
}

function opens(text: string, i: number): boolean {
  return i === 0 || !isWordChar(text.charCodeAt(i - 1));
}

/** Where the quote at `i` closes, or -1; a quote that was not closed once never will be, so it is not sought again. */
function closing(text: string, i: number, unclosed: Set<string>): number {
  const quote = text.charAt(i);
  for (let at = i + 1; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === "\\") at++;
    else if (char === quote && (quote === '"' || !isWordChar(text.charCodeAt(at + 1)))) return at;
  }
  unclosed.add(quote);
  return -1;
}

/** Most words end in a letter or a digit: those need no closer look. */
function endsInMark(word: string): boolean {
  const code = word.charCodeAt(word.length - 1);
  return !isWordChar(code);
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** A letter, a digit or `_`; `NaN`, beyond the end, is none. */
function isWordChar(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || isDigit(code) || code === 95;
}

class PatternBuilder {
  length = 0;
  readonly #pieces: string[] = [];
  #lastWord = "";

  separator(char: string): void {
    const space = char === " " || /\s/.test(char);
    const last = this.#pieces.at(-1);
    if (space && (last === undefined || last === " ")) return;
    this.#push(space ? " " : char);
  }

  quoted(content: string, isKey: boolean): void {
    const named = isKey || CODE_NOUNS.has(this.#lastWord.toLowerCase());
    const pattern = named && IDENTIFIER.test(content) ? tokenPattern(content) : "<str>";
    if (isKey) this.#lastWord = content;
    if (pattern === "<str>") this.#variable(pattern);
    else this.#push(`'${pattern}'`);
  }

  /** Takes one word from `start`; returns where the text goes on. */
  word(text: string, start: number): number {
    let end = start;
    while (end < text.length && !isBreak(text, end)) end++;
    let raw = text.slice(start, end);
    if (raw.includes("://")) {
      while (end < text.length && !URL_END.has(text.charAt(end))) end++;
      raw = withoutOuterBracket(text.slice(start, end));
      end = start + raw.length;
    }
    const tail = endsInMark(raw) ? (TRAILING.exec(raw)?.[0] ?? "") : "";
    const token = raw.slice(0, raw.length - tail.length);
    const next = tail === "" ? this.#skipPadding(text, end, token) : end;
    this.#place(token);
    if (tail !== "") this.#push(tail);
    return next;
  }

  toString(): string {
    return this.#pieces.join("").trim().slice(0, PATTERN_CAP);
  }

  #place(token: string): void {
    if (token === "") return;
    if (this.#isAfterNumber() && UNIT.test(token)) {
      this.#drop(1);
      return;
    }
    const pattern = this.#calendar(token) ? "<time>" : tokenPattern(token);
    if (pattern === ANY || pattern.startsWith("<")) {
      this.#variable(pattern);
      return;
    }
    const counted = this.#lastWord === ANY && COUNTED.has(token.toLowerCase());
    this.#lastWord = pattern;
    this.#push(counted ? `${pattern}s` : pattern);
  }

  #isAfterNumber(): boolean {
    return this.#lastWord === ANY && this.#pieces.at(-1) === " " && this.#pieces.at(-2) === ANY;
  }

  /** `Tue, Nov 24`, `02:44 PM`: the words of a date are as variable as its digits. */
  #calendar(token: string): boolean {
    const isCapital = token.charCodeAt(0) < 97;
    return (isCapital && CALENDAR.test(token)) || (this.#lastWord === "<time>" && /^[AP]M$/i.test(token));
  }

  /** A list of variable things counts as one: its length varies too. */
  #variable(pattern: string): void {
    const last = this.#pieces.at(-1);
    const before = this.#pieces.at(-2);
    if (last === pattern) return;
    if (before === pattern && (last === " " || last === ",")) {
      this.#drop(1);
      return;
    }
    if (before === "," && last === " " && this.#pieces.at(-3) === pattern) {
      this.#drop(2);
      return;
    }
    this.#lastWord = pattern;
    this.#push(pattern);
  }

  /** The `=` signs that end a base64 text, if this is one. */
  #skipPadding(text: string, end: number, token: string): number {
    let next = end;
    while (text.charAt(next) === "=" && next < end + 2) next++;
    return next > end && !isWordChar(text.charCodeAt(next)) && tokenPattern(token) === ANY ? next : end;
  }

  #drop(count: number): void {
    for (let i = 0; i < count; i++) this.length -= this.#pieces.pop()?.length ?? 0;
  }

  #push(piece: string): void {
    this.#pieces.push(piece);
    this.length += piece.length;
  }
}
