/** So many reads in a row that were not answered in time, and the next ones are refused at once. */
const MISSES = 3;
/** One is let through after so long, to see whether it is answered again. */
const PROBE_MS = 1_000;

/** Keeps those who wait for a Redis that does not answer from being many: each would wait as long as the first. */
export interface Breaker {
  /** Whether a read may be sent now. */
  admits(): boolean;
  answered(): void;
  /** One was given up. */
  missed(): void;
}

export function createBreaker(now: () => number = () => performance.now()): Breaker {
  let misses = 0;
  let probeAt = 0;
  return {
    admits() {
      if (misses < MISSES) return true;
      if (now() < probeAt) return false;
      probeAt = now() + PROBE_MS;
      return true;
    },
    answered() {
      misses = 0;
    },
    missed() {
      misses++;
      probeAt = now() + PROBE_MS;
    },
  };
}
