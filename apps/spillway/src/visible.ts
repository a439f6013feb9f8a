/**
 * One line as people should see it: what a terminal, an editor or a log reader would obey is spelled out. Controls, other ends of
 * lines, marks that turn the direction of text or can't be seen. In a JSON text it stays what it was.
 */
export function visible(line: string): string {
  return line.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, spelledOut);
}

/** By its UTF-16 units, as JSON spells it. */
function spelledOut(char: string): string {
  const units = Array.from({ length: char.length }, (_, i) => char.charCodeAt(i));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
