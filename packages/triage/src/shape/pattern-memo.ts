import { messagePattern } from "./message-pattern.ts";

/** Messages remembered: the last one of each place. A power of two. */
const PLACES = 4096;
/** Longer messages rarely come again; characters. */
const LONGEST = 512;
const DIGIT = 48;

/**
 * Patterns of messages seen lately. A pattern does not depend on which digits stand in a message, so one that differs
 * from an earlier one only in its digits costs a comparison instead of a reading.
 */
export class PatternMemo {
  readonly #messages: string[] = [];
  readonly #patterns: string[] = [];

  patternOf(message: string): string {
    if (message.length > LONGEST) return messagePattern(message);
    const place = placeOf(message);
    const known = this.#patterns[place];
    if (known !== undefined && differsInDigitsOnly(message, this.#messages[place] ?? "")) return known;
    const pattern = messagePattern(message);
    this.#messages[place] = message;
    this.#patterns[place] = pattern;
    return pattern;
  }
}

/** Some characters tell messages apart well enough; all of them are compared before a pattern is taken. */
function placeOf(message: string): number {
  const step = Math.max(1, message.length >> 4);
  let hash = message.length;
  for (let i = 0; i < message.length; i += step) hash = (Math.imul(hash, 31) + codeAt(message, i)) | 0;
  return (hash ^ (hash >>> 15)) & (PLACES - 1);
}

function differsInDigitsOnly(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++)
    if (a.charCodeAt(i) !== b.charCodeAt(i) && codeAt(a, i) !== codeAt(b, i)) return false;
  return true;
}

/** The character at `i`, all digits being one; but for the 0 of `0x`, which is no number's. */
function codeAt(text: string, i: number): number {
  const code = text.charCodeAt(i);
  if (code > 57 || code < DIGIT) return code;
  return code === DIGIT && (text.charCodeAt(i + 1) | 32) === 120 ? code : DIGIT + 1;
}
