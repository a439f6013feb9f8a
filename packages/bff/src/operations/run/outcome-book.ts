import type { JobOutcome } from "@spillway/contract/schemas";

/** As kept per job; their order is that of the numbers in an operations file. */
export const OUTCOMES = ["succeeded", "skipped", "failed", "unknown"] as const satisfies JobOutcome[];
const NONE = 0;
/** Texts told apart; what comes after is told by its outcome alone. */
const MOST_REASONS = 60_000;

/** What became of one job. */
export interface JobEnd {
  outcome: JobOutcome;
  /** A sentence where it was not done. */
  reason: string | null;
}

/** What became of each job of an operation, 3 bytes a job. */
export class OutcomeBook {
  readonly #codes: Uint8Array;
  readonly #reasons: Uint16Array;
  /** Sentences by their number; most skipped jobs were skipped for the same few reasons. */
  readonly #texts: string[] = [""];
  readonly #numbers = new Map<string, number>();
  readonly #counts: Record<JobOutcome, number> = { succeeded: 0, skipped: 0, failed: 0, unknown: 0 };

  constructor(size: number) {
    this.#codes = new Uint8Array(size);
    this.#reasons = new Uint16Array(size);
  }

  get counts(): Readonly<Record<JobOutcome, number>> {
    return this.#counts;
  }

  get done(): number {
    const { succeeded, skipped, failed, unknown } = this.#counts;
    return succeeded + skipped + failed + unknown;
  }

  /** Says it again where it is better known now. */
  put(position: number, { outcome, reason }: JobEnd): void {
    const before = this.at(position);
    if (before !== null) this.#counts[before.outcome]--;
    this.#counts[outcome]++;
    this.#codes[position] = OUTCOMES.indexOf(outcome) + 1;
    this.#reasons[position] = reason === null ? NONE : this.#numberOf(reason);
  }

  /** Null while nothing was done about it. */
  at(position: number): JobEnd | null {
    const outcome = OUTCOMES[(this.#codes[position] ?? NONE) - 1];
    if (outcome === undefined) return null;
    const reason = this.#reasons[position] ?? NONE;
    return { outcome, reason: reason === NONE ? null : (this.#texts[reason] ?? null) };
  }

  /** Positions of those that came to their end, so or anyhow; a page of them and how many there are. */
  page(outcome: JobOutcome | undefined, from: number, size: number): { positions: number[]; total: number } {
    const code = outcome === undefined ? null : OUTCOMES.indexOf(outcome) + 1;
    const positions: number[] = [];
    let total = 0;
    for (let position = 0; position < this.#codes.length; position++) {
      const found = this.#codes[position] ?? NONE;
      if (code === null ? found === NONE : found !== code) continue;
      if (total >= from && positions.length < size) positions.push(position);
      total++;
    }
    return { positions, total };
  }

  #numberOf(reason: string): number {
    const known = this.#numbers.get(reason);
    if (known !== undefined) return known;
    if (this.#texts.length >= MOST_REASONS) return NONE;
    this.#numbers.set(reason, this.#texts.length);
    return this.#texts.push(reason) - 1;
  }
}
