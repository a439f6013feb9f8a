import { type SyntheticEvent, useState } from "react";

/** What the chart tells of a mouse: the time of the point that is nearest. */
interface At {
  activeLabel?: string | number | undefined;
}

interface Brush {
  /** While it is drawn, from where it began to where the mouse is. */
  stretch: { x1: number; x2: number } | null;
  handlers: {
    className?: string;
    onMouseDown?: (at: At, event: SyntheticEvent) => void;
    onMouseMove?: (at: At) => void;
    onMouseUp?: () => void;
    onMouseLeave?: () => void;
  };
}

/** The stretch between two points in the order of time; null for a click or what is no time. */
export function stretchOf(from: number, to: number): [from: number, to: number] | null {
  if (Number.isNaN(from) || Number.isNaN(to) || from === to) return null;
  return from < to ? [from, to] : [to, from];
}

/** Draws a stretch by mouse and hands it over when the button is let go. Without a taker, nothing is drawn. */
export function useBrush(onZoom: ((from: number, to: number) => void) | undefined): Brush {
  const [drawn, setDrawn] = useState<{ from: number; to: number } | null>(null);
  if (onZoom === undefined) return { stretch: null, handlers: {} };
  const stretch = drawn === null ? null : stretchOf(drawn.from, drawn.to);
  const end = () => {
    setDrawn(null);
    if (stretch !== null) onZoom(...stretch);
  };
  return {
    stretch: stretch && { x1: stretch[0], x2: stretch[1] },
    handlers: {
      className: "cursor-crosshair",
      onMouseDown: ({ activeLabel }, event) => {
        // Else words are selected on the way, and the chart takes the focus from where it was.
        event.preventDefault();
        setDrawn({ from: Number(activeLabel), to: Number(activeLabel) });
      },
      onMouseMove: ({ activeLabel }) => {
        if (drawn !== null && activeLabel !== undefined) setDrawn({ ...drawn, to: Number(activeLabel) });
      },
      onMouseUp: end,
      onMouseLeave: () => setDrawn(null),
    },
  };
}
