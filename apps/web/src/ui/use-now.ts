import { useSyncExternalStore } from "react";

/** The timer ticks once a second. */
const lateMs = 1_500;

const listeners = new Set<() => void>();
let skew = 0;
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now() + skew;
    for (const one of listeners) one();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** How far the server's clock is ahead of this browser's, ms: ages stay right where a clock is off. */
export function setClockSkew(ms: number): void {
  skew = ms;
  now = Date.now() + skew;
}

/** The server's time now, epoch ms. */
export const serverNow = (): number => Date.now() + skew;

/** While nobody listened, or a timer was held back, time went on. */
function nowOrLate(): number {
  const real = Date.now() + skew;
  if (Math.abs(real - now) > lateMs) now = real;
  return now;
}

/** What follows from the server's time, once a second from one timer; renders only when it changes. */
export function useClock<T extends string | number | boolean | null>(select: (now: number) => T): T {
  return useSyncExternalStore(subscribe, () => select(nowOrLate()));
}
