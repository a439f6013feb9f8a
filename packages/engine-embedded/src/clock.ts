import type { Clock } from "@spillway/engine";

/** The longest delay a timer of the platform can hold; longer ones are waited for in turns. Ms. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** Wall time and the platform's timers, which do not keep a process alive. */
export function realClock(): Clock {
  return {
    now: () => Date.now(),
    after(ms, callback) {
      let handle: ReturnType<typeof setTimeout> | undefined;
      const arm = (left: number): void => {
        const turn = Math.min(Math.max(0, left), LONGEST_TIMER_MS);
        handle = setTimeout(() => (left > turn ? arm(left - turn) : callback()), turn);
        if (typeof handle === "object" && "unref" in handle) handle.unref();
      };
      arm(ms);
      return () => clearTimeout(handle);
    },
  };
}

/** A clock that stands still until it is told to go on. */
export interface ManualClock extends Clock {
  /** Goes on by `ms`, firing timers in order; what each one started in microtasks runs before the next fires. */
  advance(ms: number): Promise<void>;
}

interface Timer {
  at: number;
  order: number;
  callback: () => void;
}

/** How many turns of the microtask queue a timer's consequences may take before the next timer fires. */
const MICROTASK_TURNS = 12;

async function flushMicrotasks(): Promise<void> {
  for (let turn = 0; turn < MICROTASK_TURNS; turn += 1) await Promise.resolve();
}

/** Starts at `startMs` (epoch ms). */
export function createManualClock(startMs: number): ManualClock {
  let now = startMs;
  let order = 0;
  const timers = new Set<Timer>();
  const nextUntil = (limit: number): Timer | undefined => {
    let next: Timer | undefined;
    for (const timer of timers) {
      if (timer.at > limit) continue;
      if (!next || timer.at < next.at || (timer.at === next.at && timer.order < next.order)) next = timer;
    }
    return next;
  };
  return {
    now: () => now,
    after(ms, callback) {
      order += 1;
      const timer = { at: now + Math.max(0, ms), order, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async advance(ms) {
      const target = now + ms;
      await flushMicrotasks();
      for (let timer = nextUntil(target); timer; timer = nextUntil(target)) {
        timers.delete(timer);
        now = timer.at;
        timer.callback();
        await flushMicrotasks();
      }
      now = target;
      await flushMicrotasks();
    },
  };
}
