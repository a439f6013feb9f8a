/** What a check of a file found. */
export interface Verdict {
  /** `csv` and `markdown` carry no chain; `nothing`: no line was an entry or a record. */
  form: "file" | "export" | "csv" | "markdown" | "nothing";
  records: number;
  entries: number;
  /** The times of the first and the last entry. */
  from: string | null;
  to: string | null;
  /** The number of the first entry, and the last one. */
  first: number | null;
  head: { seq: number; hash: string } | null;
  /** Entries between the first and the last that are not in the file, and need not be. */
  leftOut: number;
  /** The first thing that does not fit. */
  bad: Misfit | null;
  /** What else a reader should know. */
  notes: string[];
}

export interface Misfit {
  /** From 1. */
  line: number;
  /** The record; null where there is none to name. */
  id: string | null;
  why: string;
}

export const isIntact = ({ form, bad }: Verdict): boolean =>
  bad === null && (form === "file" || form === "export");

const FORMS = { csv: "A CSV", markdown: "A Markdown file" };

const LIMITS =
  "A chain without a key can't show that it was written anew as a whole, nor, in a file that goes on, that its end was " +
  "cut off. Compare the head with one that was noted elsewhere, or with another copy.";

/** The verdict in sentences, the first of which says it all. */
export function verdictWords(verdict: Verdict): string[] {
  const { form, bad, records, from, to, notes } = verdict;
  if (form === "csv" || form === "markdown")
    return [
      `${FORMS[form]} carries no chain: it can't be verified. Export NDJSON, or verify the audit file.`,
    ];
  if (bad !== null) return [misfitWords(bad), ...before(verdict), ...notes];
  if (form === "nothing") return ["There is no audit entry in it: nothing was verified.", ...notes];
  const count = plural(records, "record");
  if (records === 0 && form === "export")
    return [`${count}: nothing matched, as its one line says.`, ...notes, LIMITS];
  if (verdict.leftOut === 0)
    return [`${count}, chain intact from ${from} to ${to}.`, place(verdict), ...notes, LIMITS];
  const gaps = `${plural(verdict.leftOut, "entry", "entries")} between them are not in it: filtered out, or evicted before.`;
  return [`${count}, none altered, from ${from} to ${to}.`, gaps, place(verdict), ...notes, LIMITS];
}

function misfitWords({ line, id, why }: Misfit): string {
  return `Line ${number(line)}${id === null ? "" : `, record ${id}`}: ${why}.`;
}

function before({ entries, head }: Verdict): string[] {
  if (head === null) return [];
  return [`${plural(entries, "entry", "entries")} before it fit together, up to entry ${number(head.seq)}.`];
}

function place({ first, head }: Verdict): string {
  return `Entries ${number(first ?? 0)} to ${number(head?.seq ?? 0)}. Head: ${head?.hash ?? ""}`;
}

function plural(count: number, one: string, many = `${one}s`): string {
  return `${number(count)} ${count === 1 ? one : many}`;
}

const number = (count: number): string => `${count}`.replace(/\B(?=(\d{3})+$)/g, ",");
