const MINUTE = 60_000;
const MINUTES = 1440;

export const WINDOWS = { "15m": 15, "1h": 60, "6h": 360, "24h": MINUTES } as const;
export type WindowCounts = Record<keyof typeof WINDOWS, number>;

/** Counts per minute of the last day in a ring, so that windows can be asked for at a later time than they were counted. */
export class RecentCounts {
  readonly #counts = new Uint32Array(MINUTES);
  /** Which minute each place of the ring holds now. */
  readonly #minutes = new Float64Array(MINUTES).fill(-1);

  add(at: number): void {
    const minute = Math.floor(at / MINUTE);
    const place = minute % MINUTES;
    const held = this.#minutes[place] ?? -1;
    if (held > minute) return;
    if (held < minute) {
      this.#minutes[place] = minute;
      this.#counts[place] = 0;
    }
    this.#counts[place] = (this.#counts[place] ?? 0) + 1;
  }

  /** What fell into the last 15 minutes, hour, 6 and 24 hours, by whole minutes, the current one included. */
  windows(now: number): WindowCounts {
    const current = Math.floor(now / MINUTE);
    const out: WindowCounts = { "15m": 0, "1h": 0, "6h": 0, "24h": 0 };
    for (let place = 0; place < MINUTES; place++) {
      const age = current - (this.#minutes[place] ?? -1);
      const count = this.#counts[place] ?? 0;
      if (age < 0 || age >= MINUTES || count === 0) continue;
      out["24h"] += count;
      if (age < WINDOWS["6h"]) out["6h"] += count;
      if (age < WINDOWS["1h"]) out["1h"] += count;
      if (age < WINDOWS["15m"]) out["15m"] += count;
    }
    return out;
  }
}

export const NO_RECENT: WindowCounts = { "15m": 0, "1h": 0, "6h": 0, "24h": 0 };
