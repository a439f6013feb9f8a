import { type RefObject, useEffect, useRef } from "react";

/** A row of links that scrolls sideways: whenever `current` changes, the link that is current comes to its middle. */
export function useCurrentInView<T extends HTMLElement>(current: string | null): RefObject<T | null> {
  const row = useRef<T>(null);
  useEffect(() => {
    // On a phone the current one may be out of sight. Not on every render, or nobody could scroll elsewhere.
    const here = row.current?.querySelector<HTMLElement>("[aria-current]");
    if (row.current && here)
      row.current.scrollLeft = here.offsetLeft - (row.current.clientWidth - here.offsetWidth) / 2;
  }, [current]);
  return row;
}
