import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import { useWhenIdle } from "./use-when-idle.ts";

/** So few rows are all there: the browser's own search finds them. */
const few = 150;
/** So many fill a screen: the first picture has no more of them. */
const atFirst = 25;
/** A row is about so high, px, until one was measured. */
const usual = 34;
/** Rows kept ready beyond either edge of what can be seen; the window moves by as many. */
const beside = 30;

/** Of many rows of about one height, those that are near what can be seen. */
export interface RowWindow {
  first: number;
  /** After the last. */
  end: number;
  /** The room of the rows left out before and after, px. */
  above: number;
  below: number;
}

/**
 * Renders a thousand rows as a hundred, and a hundred in two steps: `body` is what holds the rows and, where some are left out,
 * one more child before and after them with the height told.
 */
export function useRowWindow(body: RefObject<HTMLElement | null>, count: number): RowWindow {
  const [range, setRange] = useState({ first: 0, end: 2 * beside, height: 0 });
  const all = count <= few;
  const idle = useWhenIdle();
  const shown = all ? { first: 0, end: idle ? count : Math.min(count, atFirst) } : within(range, count);
  const window = {
    ...shown,
    above: all ? 0 : shown.first * range.height,
    below: (count - shown.end) * (all ? usual : range.height),
  };
  const latest = useRef(window);
  useLayoutEffect(() => {
    latest.current = window;
  });
  useLayoutEffect(() => {
    if (all) return;
    const look = () => {
      const box = body.current?.getBoundingClientRect();
      if (box === undefined) return;
      const { first, end, above, below } = latest.current;
      const height = (box.height - above - below) / (end - first);
      const next = height > 0 ? near(-box.top / height, innerHeight / height) : { first: 0, end: 2 * beside };
      setRange((now) =>
        now.first === next.first && now.end === next.end && Math.abs(now.height - height) < 0.5
          ? now
          : { ...next, height: Math.max(0, height) },
      );
    };
    look();
    document.addEventListener("scroll", look, { capture: true, passive: true });
    addEventListener("resize", look);
    return () => {
      document.removeEventListener("scroll", look, { capture: true });
      removeEventListener("resize", look);
    };
  }, [all, body]);
  return window;
}

/** `top`: rows above what can be seen; `seen`: rows that fit into it. */
function near(top: number, seen: number): { first: number; end: number } {
  const first = Math.max(0, Math.floor(top / beside) - 1) * beside;
  return { first, end: (Math.ceil((top + seen) / beside) + 1) * beside };
}

function within({ first, end }: { first: number; end: number }, count: number) {
  const start = Math.min(first, Math.max(0, count - 2 * beside));
  return { first: start, end: Math.min(count, Math.max(end, start + 1)) };
}
