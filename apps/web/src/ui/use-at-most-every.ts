import { useEffect, useRef, useState } from "react";

/** A value that changes often, told at most once in so many ms: what moves every second can't be read or hit. */
export function useAtMostEvery<T>(ms: number, value: T): T {
  const [shown, show] = useState(value);
  const shownAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    if (Object.is(value, shown)) return undefined;
    const timer = setTimeout(
      () => {
        shownAt.current = performance.now();
        show(value);
      },
      Math.max(0, shownAt.current + ms - performance.now()),
    );
    return () => clearTimeout(timer);
  }, [ms, value, shown]);
  return shown;
}
