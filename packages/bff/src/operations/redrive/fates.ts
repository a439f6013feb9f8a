import type { OutcomePage } from "@spillway/contract/schemas";

export type Fate = NonNullable<OutcomePage["items"][number]["fate"]>;

/** As kept per job; the numbers stand in operations files. */
const CODES = { none: 0, open: 1, started: 2, completed: 3, failed: 4, gone: 5 };
export type FateName = keyof typeof CODES;
const NAMES = Object.keys(CODES) as FateName[];

const WIRE: Record<FateName, Fate | null> = {
  none: null,
  open: "open",
  started: "open",
  completed: "completed_again",
  failed: "failed_again",
  gone: "gone",
};

/** What became of each retried job since, one byte a job. */
export class Fates {
  readonly #codes: Uint8Array;

  constructor(size: number) {
    this.#codes = new Uint8Array(size);
  }

  get(position: number): FateName {
    return NAMES[this.#codes[position] ?? 0] ?? "none";
  }

  set(position: number, fate: FateName): void {
    this.#codes[position] = CODES[fate];
  }

  /** As kept; see {@link restore}. */
  code(position: number): number {
    return this.#codes[position] ?? 0;
  }

  restore(position: number, code: number): void {
    if (code < NAMES.length) this.#codes[position] = code;
  }

  wire(position: number): Fate | null {
    return WIRE[this.get(position)];
  }
}
