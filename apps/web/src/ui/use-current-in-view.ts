import { type RefObject, useEffect, useRef } from "react";

/**
 * A row of links that scrolls sideways: whenever `current` changes, the link that is current comes to its middle, and the row
 * bears `data-goes-on` for the ends at which there is more.
 */
export function useCurrentInView<T extends HTMLElement>(current: string | null): RefObject<T | null> {
  const row = useRef<T>(null);
  useEffect(() => {
    // On a phone the current one may be out of sight. Not on every render, or nobody could scroll elsewhere.
    const here = row.current?.querySelector<HTMLElement>("[aria-current]");
    if (row.current && here)
      row.current.scrollLeft = here.offsetLeft - (row.current.clientWidth - here.offsetWidth) / 2;
  }, [current]);
  // Figures in the links make the row longer.
  useEffect(() => tellEnds(row.current));
  useEffect(() => {
    const here = row.current;
    const tell = () => tellEnds(here);
    here?.addEventListener("scroll", tell, { passive: true });
    window.addEventListener("resize", tell);
    return () => {
      here?.removeEventListener("scroll", tell);
      window.removeEventListener("resize", tell);
    };
  }, []);
  return row;
}

/** So little is no end that hides something, px. */
const slack = 4;

function tellEnds(row: HTMLElement | null): void {
  if (row === null) return;
  const { scrollLeft, scrollWidth, clientWidth } = row;
  const ends = [
    ...(scrollLeft > slack ? ["before"] : []),
    ...(scrollLeft + clientWidth < scrollWidth - slack ? ["after"] : []),
  ].join(" ");
  if (ends === "") delete row.dataset.goesOn;
  else row.dataset.goesOn = ends;
}
