import { isObject, isRawEntry, type Sha256 } from "./chain.ts";
import type { Verdict } from "./verdict.ts";
import { ExportCheck } from "./verify-export.ts";
import { FileCheck } from "./verify-file.ts";

/** Takes the lines of an audit file or of an export one after the other. */
export interface Verifier {
  /** Without its line break. */
  add(line: string): void;
  /** `isTorn`: the last line had no line break. */
  end(isTorn: boolean): Verdict;
}

export interface VerifyOptions {
  sha256: Sha256;
  /** The hash of an entry, noted elsewhere, that must be there. */
  head?: string | null;
}

/** Verifies a file whose form it finds out by itself. Reads nothing but what it is given. */
export function createVerifier({ sha256, head = null }: VerifyOptions): Verifier {
  let check: FileCheck | ExportCheck | null = null;
  let text: "csv" | "markdown" | null = null;
  let lines = 0;
  const oddLines: number[] = [];

  const begin = <C extends FileCheck | ExportCheck>(begun: C): C => {
    for (const line of oddLines) begun.addOdd(line);
    check = begun;
    return begun;
  };
  const addOdd = (line: string): void => {
    if (lines === 1) text = textForm(line);
    if (check !== null) check.addOdd(lines);
    else if (oddLines.length < 2) oddLines.push(lines);
  };

  return {
    add(line) {
      lines++;
      if (line === "") return;
      const value = parse(line);
      if (isRawEntry(value) && !(check instanceof ExportCheck))
        (check ?? begin(new FileCheck(sha256, head))).add(value, lines);
      else if (isObject(value) && Array.isArray(value.entries) && !(check instanceof FileCheck))
        (check ?? begin(new ExportCheck(sha256, head))).add(value, lines);
      else if (isObject(value) && isSeal(value.export) && check === null && oddLines.length === 0)
        begin(new ExportCheck(sha256, head)).addSeal(value.export);
      else addOdd(line);
    },
    end(isTorn) {
      if (check !== null) return check.end(lines, isTorn);
      return { ...new FileCheck(sha256, null).end(lines, isTorn), form: text ?? "nothing", bad: null };
    },
  };
}

/** Exports of other things end with a line of the same form, in which other things stand. */
const isSeal = (value: unknown): value is Record<string, unknown> =>
  isObject(value) && typeof value.digest === "string" && typeof value.hash === "string";

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** By its first line. */
function textForm(line: string): "csv" | "markdown" | null {
  if (/^\ufeff?"?seq"?,"?id"?,/.test(line)) return "csv";
  return /^\| time \(UTC\) \||^## /.test(line) ? "markdown" : null;
}
