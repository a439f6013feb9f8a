/** One long run against the real thing, whose figures are kept. A file in `torture/` exports one as `torture`. */
export interface Torture {
  /** In one line: what it shows. */
  title: string;
  run(say: (line: string) => void): Promise<Report>;
}

export interface Report {
  figures: Figure[];
  /** Sentences that say how it was measured and what else was seen. */
  notes: string[];
}

export interface Figure {
  what: string;
  measured: string;
  /** Empty: told for information, and neither passed nor failed. */
  target: string;
  passed: boolean;
  /** If it is missed: why, as far as it is known. */
  why?: string;
}

/** A figure that must not be above a bound. */
export function atMost(what: string, value: number, bound: number, unit: string): Figure {
  return { what, measured: shown(value, unit), target: `≤ ${shown(bound, unit)}`, passed: value <= bound };
}

/** A figure that must not be below a bound. */
export function atLeast(what: string, value: number, bound: number, unit: string): Figure {
  return { what, measured: shown(value, unit), target: `≥ ${shown(bound, unit)}`, passed: value >= bound };
}

/** A figure that must be exactly this. */
export function exactly(what: string, value: number, wanted: number): Figure {
  return { what, measured: shown(value, ""), target: shown(wanted, ""), passed: value === wanted };
}

/** A figure told for information. */
export function told(what: string, measured: string): Figure {
  return { what, measured, target: "", passed: true };
}

function shown(value: number, unit: string): string {
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : 1;
  const text = value.toFixed(digits).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return unit === "" ? text : `${text} ${unit}`;
}
