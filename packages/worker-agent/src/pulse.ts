export interface Pulse {
  /** Beats after `ms` at the latest. */
  within(ms: number): void;
  stop(): void;
}

/** Beats one at a time, `pause()` ms after the last one settled: a Redis that is away is never asked twice at once. */
export function createPulse(beat: () => Promise<void>, pause: () => number): Pulse {
  let timer: NodeJS.Timeout | undefined;
  let dueAt = Number.POSITIVE_INFINITY;
  let beating = false;
  let again = false;
  let stopped = false;

  function plan(ms: number): void {
    clearTimeout(timer);
    dueAt = performance.now() + ms;
    timer = setTimeout(() => void run(), ms);
    timer.unref();
  }

  async function run(): Promise<void> {
    if (stopped) return;
    beating = true;
    do {
      again = false;
      await beat();
    } while (again && !stopped);
    beating = false;
    if (!stopped) plan(pause());
  }

  return {
    within(ms) {
      if (stopped) return;
      if (beating) again ||= ms === 0;
      else if (ms === 0) {
        clearTimeout(timer);
        void run();
      } else if (performance.now() + ms < dueAt) plan(ms);
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
