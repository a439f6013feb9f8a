/** As many digits make a part of a text rare enough to look for it alone. */
const RARE_DIGITS = 3;

/**
 * The part of a text that Redis looks for in payloads, in lower case: whatever holds the text holds this part, and the reader
 * still compares all of it.
 *
 * Redis' lower case knows ASCII alone, and two letters beyond it are k and i in ours, K for kelvin and İ; so it is the longest
 * part without any of those. One with digits and without letters comes first: it is rare, and needs no lower case.
 */
export function comparedPart(text: string): string {
  const lower = text.toLowerCase();
  const numbers = lower
    .split(/[^\0-`{-\x7f]+/)
    .filter((part) => part.replace(/\D/g, "").length >= RARE_DIGITS);
  return longest(numbers) || longest(lower.split(/[^\0-hjl-\x7f]+/));
}

function longest(texts: readonly string[]): string {
  return texts.reduce((most, text) => (text.length > most.length ? text : most), "");
}
