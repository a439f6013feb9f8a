/** Stands for any number, id, hash or other machine-made token. One sign for all: a hex id may be all digits. */
export const ANY = "#";

const TIME_OF_DAY = /^\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?$/;
const DATE =
  /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:T[\d:.,]*(?:Z|[+-]\d{2}:?\d{2})?)?$|^\d{1,2}[/.]\d{1,2}[/.]\d{2,4}$/;
const IPV4 = /^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?:[:/]\d{1,5})?$/;
const IPV6 = /^[0-9a-fA-F:.]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(?:%\w{1,16})?$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** One begins with 0 to 7; which digit it is must not matter, see pattern-memo.ts. */
const ULID = /^\d[0-9A-HJKMNP-TV-Z]{25}$/i;
const NUMBER = /^[-+]?[$€£]?\d[\d.,_]*(?:e[-+]?\d{1,4})?%?$/i;
const QUANTITY = /^[-+]?\d[\d.,]*(?:ns|us|µs|ms|s|m|min|h|d|b|kb|mb|gb|kib|mib|gib|k|x|px|st|nd|rd|th)$/i;
const HEX = /^(?:0x[0-9a-f]+|[0-9a-f]{8,})$/i;
const WORD_WITH_NUMBER = /^[A-Za-z]{2,}\d+$/;
const NUMBERED_WORD = /^\d+[A-Za-z]{4,}$/;
const TOKEN_CHARS = /^[\w.+/~-]+$/;
const PREFIX = /^(?:[a-z]{2,8}[_-]){1,2}|^[A-Z]{2,8}[_-]/;
/** `ch_#` and `py_#` are ids of one thing: so short a prefix belongs to the id. */
const SHORT_PREFIX = /^[a-z]{2,4}_#$/;
const SEPARATOR = /[-_.:/@+~#%&*^!?$\\]/;

/** One word of a message with its variable parts taken out. Linear in its length. */
export function tokenPattern(token: string): string {
  const first = token.charCodeAt(0);
  // Most words are plain letters: say so without trying every form.
  if (token.length < 16 && isLetter(first) && onlyLetters(token)) return isLongHex(token) ? ANY : token;
  const pattern = wholePattern(token) ?? segmentedPattern(token);
  return SHORT_PREFIX.test(pattern) ? ANY : pattern;
}

function wholePattern(token: string): string | null {
  if (token.includes("://")) return "<url>";
  if (NUMBER.test(token) && !IPV4.test(token) && !DATE.test(token)) return ANY;
  if (TIME_OF_DAY.test(token) || DATE.test(token)) return "<time>";
  if (IPV4.test(token) || (IPV6.test(token) && token.length > 2)) return "<ip>";
  if (UUID.test(token) || ULID.test(token) || HEX.test(token) || QUANTITY.test(token)) return ANY;
  if (isEmail(token)) return "<email>";
  if (token.length >= 16 && TOKEN_CHARS.test(token) && !looksLikePath(token)) {
    const prefix = PREFIX.exec(token)?.[0] ?? "";
    if (isRandom(token.slice(prefix.length))) return prefix + ANY;
  }
  return isPath(token) ? "<path>" : null;
}

/** `order-17` is `order-#`, `cus_Nf8r2` is `cus_#`: each part between separators on its own, repeats folded. */
function segmentedPattern(token: string): string {
  let out = "";
  let start = 0;
  for (let i = 0; i <= token.length; i++) {
    if (i < token.length && !SEPARATOR.test(token.charAt(i))) continue;
    const part = segmentPattern(token.slice(start, i));
    // `1.2.3` and `10-0-3-4` are one variable thing, however many parts they have today.
    if (part === ANY && out.length > 1 && out.at(-2) === ANY) out = out.slice(0, -1);
    else out += part;
    if (i < token.length) out += token.charAt(i);
    start = i + 1;
  }
  return out;
}

function segmentPattern(segment: string): string {
  if (segment === "") return "";
  if (onlyLetters(segment)) return isLongHex(segment) || isRandom(segment) ? ANY : segment;
  if (!/\d/.test(segment)) return segment;
  if (WORD_WITH_NUMBER.test(segment)) {
    const word = segment.replace(/\d+$/, "");
    return /^[a-f]+$/i.test(word) || isRandom(segment) ? ANY : word + ANY;
  }
  if (NUMBERED_WORD.test(segment) && !HEX.test(segment)) return ANY + segment.replace(/^\d+/, "");
  return ANY;
}

/** Made by a machine, not by a person: long, and its letters' case and digits alternate as no word does. */
function isRandom(text: string): boolean {
  if (text.length < 10) return false;
  let upper = 0;
  let digits = 0;
  let turns = 0;
  let last = 0;
  for (let i = 0; i < text.length; i++) {
    const kind = kindOf(text.charCodeAt(i));
    if (kind === 2) upper++;
    if (kind === 3) digits++;
    // A capital that begins a word is no turn; a small letter followed by one is half of camelCase.
    if (last !== 0 && kind !== 0 && kind !== last && !(last === 2 && kind === 1)) turns++;
    if (kind !== 0) last = kind;
  }
  if (digits > 0) return turns >= Math.max(3, text.length / 6) || (digits >= text.length / 5 && turns >= 2);
  return text.length >= 16 && turns >= 3 && upper / text.length > 0.3 && upper / text.length < 0.75;
}

/** 1 small letter, 2 capital, 3 digit, 0 anything else. */
function kindOf(code: number): 0 | 1 | 2 | 3 {
  if (code >= 97 && code <= 122) return 1;
  if (code >= 65 && code <= 90) return 2;
  return code >= 48 && code <= 57 ? 3 : 0;
}

function isLetter(code: number): boolean {
  const kind = kindOf(code);
  return kind === 1 || kind === 2;
}

function onlyLetters(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (!isLetter(text.charCodeAt(i))) return false;
  return text !== "";
}

function isLongHex(letters: string): boolean {
  return letters.length >= 8 && HEX.test(letters);
}

function isEmail(token: string): boolean {
  const at = token.indexOf("@");
  return at > 0 && token.indexOf(".", at) > at + 1;
}

function looksLikePath(token: string): boolean {
  return /^(?:\.{0,2}|~)\/|^[A-Za-z]:[\\/]/.test(token) && /\.[a-z]{1,5}$|\/[a-z]+\//.test(token);
}

function isPath(token: string): boolean {
  if (/^(?:\.{0,2}|~)\/.|^[A-Za-z]:\\/.test(token)) return true;
  const slash = token.indexOf("/");
  return slash >= 0 && token[0] !== "@" && token.includes("/", slash + 1);
}
