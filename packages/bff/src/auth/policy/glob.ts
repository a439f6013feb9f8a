/** Whether a whole text is what the pattern says, where `*` stands for anything, nothing included. Never looks back. */
export type Glob = (text: string) => boolean;

export function glob(pattern: string): Glob {
  const parts = pattern.split("*");
  const first = parts[0] ?? "";
  const last = parts.at(-1) ?? "";
  if (parts.length === 1) return (text) => text === pattern;
  const between = parts.slice(1, -1).filter((part) => part !== "");
  return (text) => {
    if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last))
      return false;
    const end = text.length - last.length;
    let at = first.length;
    for (const part of between) {
      const found = text.indexOf(part, at);
      if (found < 0 || found + part.length > end) return false;
      at = found + part.length;
    }
    return true;
  };
}

/** Whether one of the patterns fits. */
export function anyOf(patterns: readonly string[]): Glob {
  const globs = patterns.map(glob);
  return (text) => globs.some((fits) => fits(text));
}
