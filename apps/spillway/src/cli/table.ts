/** Columns of text, as wide as they must be; numbers to the right. The last one is never filled up. */
export function tableLines(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? "").length)));
  const isNumeric = head.map((_, column) => rows.every((row) => /^[\d,.+–-]*%?$/.test(row[column] ?? "")));
  return all.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        if (isNumeric[column]) return cell.padStart(width);
        return column === head.length - 1 ? cell : cell.padEnd(width);
      })
      .join("  ")
      .trimEnd(),
  );
}

/** A dash for what is not known. */
export const shown = (value: number | string | null | undefined): string =>
  value === null || value === undefined ? "–" : String(value);

/** `3s`, `12m`, `5h`, `2d`; a dash if it is not known. */
export function shownAge(seconds: number | null): string {
  if (seconds === null) return "–";
  if (seconds < 120) return `${Math.round(seconds)}s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)}m`;
  return seconds < 172_800 ? `${Math.round(seconds / 3_600)}h` : `${Math.round(seconds / 86_400)}d`;
}

/** Long texts end in `…`. */
export const cut = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text;
