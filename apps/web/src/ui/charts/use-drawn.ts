import { useEffect, useRef, useState } from "react";
import type Drawing from "./lines.tsx";
import type { LinesProps } from "./lines.tsx";

interface Drawn {
  Lines: typeof Drawing;
  props: LinesProps;
}
type Take = (lines: Drawn["Lines"]) => void;

/** The charts that wait for their turn, in order. */
const waiting = new Set<Take>();
let going = false;

/** At the latest after this long, ms. */
const latest = 3_000;

const whenIdle = (): Promise<void> =>
  new Promise((resolve) => {
    if (typeof requestIdleCallback === "undefined") setTimeout(resolve);
    else requestIdleCallback(() => resolve(), { timeout: latest });
  });

/** Loads what draws once there is time, then lets one chart after the other: six at once would hold a page up. */
async function takeTurns(): Promise<void> {
  if (going) return;
  going = true;
  try {
    await whenIdle();
    const { default: Lines } = await import("./lines.tsx");
    for (const take of waiting) {
      await whenIdle();
      // It may have gone meanwhile.
      if (waiting.delete(take)) take(Lines);
    }
  } catch {
    // The sketches show the same lines; the next change tries again.
  } finally {
    going = false;
  }
}

/** What a chart drew when it had its turn last; null before the first. What changes meanwhile waits for the next. */
export function useDrawn(wanted: LinesProps | null): Drawn | null {
  const [drawn, draw] = useState<Drawn | null>(null);
  const next = useRef(wanted);
  const [take] = useState(
    (): Take => (Lines) => {
      const props = next.current;
      if (props !== null) draw({ Lines, props });
    },
  );
  useEffect(() => {
    next.current = wanted;
    if (wanted === null || isSame(wanted, drawn?.props)) return;
    waiting.add(take);
    void takeTurns();
  });
  useEffect(() => () => void waiting.delete(take), [take]);
  return drawn;
}

const isSame = (a: LinesProps, b: LinesProps | undefined): boolean =>
  b !== undefined &&
  a.width === b.width &&
  a.height === b.height &&
  a.times === b.times &&
  a.series === b.series &&
  a.markers === b.markers &&
  a.gaps === b.gaps;
