import { type MouseEvent, useState } from "react";

interface Brush {
  /** While it is drawn, from where it began to where the mouse is, epoch ms. */
  stretch: [from: number, to: number] | null;
  start(at: number, event: MouseEvent): void;
  /** Where the mouse is now. */
  move(at: number): void;
  /** Hands over what was drawn. */
  end(): void;
  drop(): void;
}

/** The stretch between two points in the order of time; null for a click or what is no time. */
export function stretchOf(from: number, to: number): [from: number, to: number] | null {
  if (Number.isNaN(from) || Number.isNaN(to) || from === to) return null;
  return from < to ? [from, to] : [to, from];
}

/** Draws a stretch by mouse and hands it over when the button is let go. Without a taker, nothing is drawn. */
export function useBrush(onZoom: ((from: number, to: number) => void) | undefined): Brush {
  const [drawn, setDrawn] = useState<{ from: number; to: number } | null>(null);
  const stretch = drawn === null ? null : stretchOf(drawn.from, drawn.to);
  return {
    stretch,
    start(at, event) {
      if (onZoom === undefined || event.button !== 0) return;
      // Else words are selected on the way, and the chart takes the focus from where it was.
      event.preventDefault();
      setDrawn({ from: at, to: at });
    },
    move: (to) => setDrawn((now) => now && { ...now, to }),
    end() {
      setDrawn(null);
      if (stretch !== null) onZoom?.(...stretch);
    },
    drop: () => setDrawn(null),
  };
}
