import { type KeyRules, wordsOf } from "./keys.ts";

/** What stands where a secret stood. */
export const REDACTED = "[redacted]";

/** Every pattern is bounded, or can begin only where another attempt could not: matching stays linear. */
const PRIVATE_KEY =
  /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^-]{0,20000}(?:-----END [A-Z ]{0,40}PRIVATE KEY-----)?/g;
const JWT = /(?<![\w-])eyJ[\w-]{5,8192}\.[\w-]{5,8192}(?:\.[\w-]{0,8192})?/g;
const BEARER = /(?<![\w-])(bearer\s{1,3})[\w.~+/=-]{8,8192}/gi;
const PREFIXED_KEYS =
  /(?<![\w-])(?:A[KS]IA[0-9A-Z]{16}|gh[pousr]_\w{20,255}|github_pat_\w{20,255}|npm_\w{36}|(?:sk|rk|pk)_(?:live|test)_\w{10,255}|whsec_[\w+/=]{16,255}|SG\.[\w-]{16,64}\.[\w-]{16,64}|spillway_[0-9a-f]{8}_[\w-]{20,64}|sk-[\w-]{20,255}|xox[abeprs]-[\w-]{10,255}|AIza[\w-]{30,60}|glpat-[\w-]{20,255})/g;
const USERINFO = /(?<![\w+.-])([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#"'<>]{1,512}@/gi;
const AUTHORIZATION =
  /(?<!\w)((?:proxy-)?authorization["']?\s{0,3}[:=]\s{0,3}["']?(?:(?:basic|bearer|digest|token)\s{1,3})?)[^\s,;"']{1,8192}/gi;
const COOKIE = /(?<!\w)((?:set-)?cookie["']?\s{0,3}[:=]\s{0,3}["']?)[^\r\n"']{1,8192}/gi;
const NAMES =
  "password|passwd|passphrase|pwd|secret|credentials?|api[_-]?key|access[_-]?key|private[_-]?key|signature|token|cvv|cvc|ssn";
const ASSIGNED = String.raw`(?:\\?["'])?\s{0,3}[:=][=>]?\s{0,3})(\\?"[^"\\]{0,8192}\\?"|'[^']{0,8192}'|[^\s,;&"'\\]{1,8192})`;
const WORD = /^\w*$/;
const SSN = /(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])/g;
const CARD = /(?<![\w.-])\d(?:[ -]?\d){12,18}(?![\w-])/g;

/** Takes secrets out of text that has no keys to go by: messages, stacks, log lines, and single values of a payload. */
export function valueRedaction({ secret, shown }: KeyRules): (text: string) => string {
  const names = [NAMES, ...secret.map((key) => wordsOf(key).join("[_-]?"))].join("|");
  const assignment = new RegExp(`((?:${names})${ASSIGNED}`, "gi");
  const open = new Set(shown.map((key) => wordsOf(key).join(" ")));
  const isShown = (text: string, at: number, start: string): boolean =>
    open.size > 0 && open.has(wordsOf(nameAround(text, at, start)).join(" "));
  return (text) => {
    // Most keys and values are short words: what is shorter than the shortest secret, or than one of a single word, needs no look.
    if (text.length < 8 || (text.length < 13 && WORD.test(text))) return text;
    return text
      .replace(PRIVATE_KEY, REDACTED)
      .replace(AUTHORIZATION, `$1${REDACTED}`)
      .replace(COOKIE, `$1${REDACTED}`)
      .replace(assignment, (whole: string, start: string, value: string, at: number, all: string) =>
        isShown(all, at, start) ? whole : start + inQuotesOf(value),
      )
      .replace(BEARER, `$1${REDACTED}`)
      .replace(JWT, REDACTED)
      .replace(PREFIXED_KEYS, REDACTED)
      .replace(USERINFO, `$1${REDACTED}@`)
      .replace(SSN, REDACTED)
      .replace(CARD, (digits) => (isCardNumber(digits) ? REDACTED : digits));
  };
}

/** The whole name of what is assigned, of which the pattern may have found only the end: `session_token` for `token=`. */
function nameAround(text: string, at: number, start: string): string {
  const before = /[\w-]{0,60}$/.exec(text.slice(Math.max(0, at - 60), at))?.[0] ?? "";
  return before + (/^[\w-]+/.exec(start)?.[0] ?? "");
}

function inQuotesOf(value: string): string {
  const quote = /^\\?["']/.exec(value)?.[0] ?? "";
  return quote + REDACTED + quote;
}

/** Starts as an issuer's numbers do and ends in the right check digit. */
export function isCardNumber(text: string): boolean {
  const digits = text.replace(/[ -]/g, "");
  return ISSUERS.test(digits) && passesLuhn(digits);
}

const ISSUERS =
  /^(?:4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11}|35\d{14,17}|6(?:011|4[4-9]\d|5\d\d)\d{12,15}|62\d{14,17})$/;

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const weighted = i % 2 === 0 ? digit : digit * 2;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum % 10 === 0;
}
