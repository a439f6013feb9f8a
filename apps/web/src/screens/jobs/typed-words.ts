/** One piece of what was typed: a word, or a qualifier with its value. */
export interface TypedWord {
  /** What stands before the colon; null for a word that is looked for itself. */
  qualifier: string | null;
  value: string;
  /** Where it stands in the text; `to` is behind it. */
  from: number;
  to: number;
}

const inQuotes = /^"((?:[^"\\]|\\.)*)"(?=\s|$)/;

/** A value as it is meant: quotes hold blanks together where they close before one, and are characters like others elsewhere. */
function readValue(text: string): { value: string; length: number } {
  const found = inQuotes.exec(text);
  if (found !== null) {
    const [whole, inner = ""] = found;
    return { value: inner.replace(/\\(.)/g, "$1"), length: whole.length };
  }
  const [run] = /^\S*/.exec(text) ?? [""];
  return { value: run, length: run.length };
}

/** What was typed, word by word. `known` are the qualifiers: a colon behind anything else is a character like others. */
export function readWords(text: string, known: ReadonlySet<string>): TypedWord[] {
  const words: TypedWord[] = [];
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at);
    const blank = /^\s+/.exec(rest);
    if (blank !== null) {
      at += blank[0].length;
      continue;
    }
    const [head, name] = /^([a-z_]+):/i.exec(rest) ?? [];
    const qualifier = name !== undefined && known.has(name.toLowerCase()) ? name.toLowerCase() : null;
    const skip = qualifier === null || head === undefined ? 0 : head.length;
    const { value, length } = readValue(rest.slice(skip));
    words.push({ qualifier, value, from: at, to: at + skip + length });
    at += skip + length;
  }
  return words;
}

/** A value as it has to be typed. */
export const typedValue = (value: string): string => (/^[^\s"]\S*$/.test(value) ? value : quoted(value));

/** In quotes, whatever it holds. */
export const quoted = (value: string): string => `"${value.replace(/["\\]/g, "\\$&")}"`;
