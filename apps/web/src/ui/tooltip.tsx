import { useEffect, useState } from "react";
import { lazily } from "./lazily.tsx";

const TooltipLayer = lazily(() => import("./tooltip-layer.tsx"));

/**
 * Tooltips for everything that carries `data-tip="…"`. Rendered once, in the shell; the layer's code loads when the
 * first such element is pointed at or focused. A tip repeats in sight what the element already says to screen readers.
 */
export function Tooltips() {
  const [first, setFirst] = useState<Element | null>(null);
  useEffect(() => {
    if (first !== null) return;
    const reach = (event: Event) => {
      const target = event.target instanceof Element ? event.target.closest("[data-tip]") : null;
      if (target !== null) setFirst(target);
    };
    addEventListener("pointerover", reach);
    addEventListener("focusin", reach);
    return () => {
      removeEventListener("pointerover", reach);
      removeEventListener("focusin", reach);
    };
  }, [first]);
  return first === null ? null : <TooltipLayer first={first} />;
}
