/** How often a page may take in what the stream brings, in seconds; 0: as it comes. */
export const paces = [0, 10, 30, 60] as const;
export type Pace = (typeof paces)[number];

const key = "spillway.pace";

/** As it was chosen in this browser. */
export function storedPace(): Pace {
  try {
    const stored = Number(localStorage.getItem(key));
    return paces.find((pace) => pace === stored) ?? 0;
  } catch {
    return 0;
  }
}

export function storePace(pace: Pace): void {
  try {
    localStorage.setItem(key, String(pace));
  } catch {
    // A browser that keeps nothing still obeys until the tab closes.
  }
}

/** Holds back what comes until it is time. */
export interface Pacer {
  /** Runs it now, or with all others that are held. */
  take(run: () => void): void;
  /** What is held comes at once. */
  setEvery(pace: Pace): void;
  /** What is held comes now. */
  flush(): void;
  /** What is held is dropped. */
  clear(): void;
}

export function createPacer(first: Pace, told: () => void): Pacer {
  let every: Pace = first;
  let held: (() => void)[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const clear = () => {
    clearTimeout(timer);
    timer = undefined;
    held = [];
  };
  const flush = () => {
    const runs = held;
    clear();
    for (const run of runs) run();
    if (runs.length > 0) told();
  };
  return {
    take(run) {
      if (every === 0) {
        run();
        return told();
      }
      held.push(run);
      timer ??= setTimeout(flush, every * 1000);
    },
    setEvery(pace) {
      every = pace;
      flush();
    },
    flush,
    clear,
  };
}
