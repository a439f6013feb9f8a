/** The columns of a table: what each is called, and its cell in a row. */
export type Columns<T> = readonly (readonly [string, (row: T) => string | number | null])[];

/** The names of the columns. RFC 4180, every text in quotes. */
export const csvHead = <T>(columns: Columns<T>): string => line(columns.map(([name]) => name));

export const csvRow = <T>(columns: Columns<T>, row: T): string => line(columns.map(([, read]) => read(row)));

/** A row that says something of the table itself, as wide as the others. */
export const csvWords = <T>(columns: Columns<T>, words: string): string =>
  line(columns.map((_, i) => (i === 0 ? words : null)));

const line = (cells: readonly (string | number | null)[]): string => `${cells.map(cell).join(",")}\r\n`;

function cell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  return `"${disarm(value).replaceAll('"', '""')}"`;
}

/** What a spreadsheet would take for a formula is led by an apostrophe. They skip leading blanks and read full-width signs as the plain ones. */
function disarm(text: string): string {
  return /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠|%]|^[\t\r\n]/u.test(text) ? `'${text}` : text;
}
