import { startTransition, useEffect, useState } from "react";

/** At the latest after this long, ms. */
const latest = 500;

/** False until the browser has nothing better to do; true at once where it can't tell. */
export function useWhenIdle(): boolean {
  const [idle, setIdle] = useState(typeof requestIdleCallback === "undefined");
  useEffect(() => {
    if (idle) return undefined;
    const id = requestIdleCallback(() => startTransition(() => setIdle(true)), { timeout: latest });
    return () => cancelIdleCallback(id);
  }, [idle]);
  return idle;
}
