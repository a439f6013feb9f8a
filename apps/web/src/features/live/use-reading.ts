import { useEffect, useState } from "react";

/** Below this many pixels a reader is no longer at the top. */
const away = 160;

const atARow = (): boolean => document.querySelector("[data-row] :focus-visible") !== null;

/** Whether somebody reads further down a list, or is at one of its rows by keyboard: then no row may move. */
export function useReading(): boolean {
  const [reading, setReading] = useState(false);
  useEffect(() => {
    const look = () => setReading(window.scrollY > away || atARow());
    const events = ["scroll", "focusin", "focusout"] as const;
    for (const name of events) addEventListener(name, look, { passive: true });
    return () => {
      for (const name of events) removeEventListener(name, look);
    };
  }, []);
  return reading;
}
