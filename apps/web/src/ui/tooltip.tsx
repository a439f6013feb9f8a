import { useEffect, useState } from "react";
import { lazily } from "./lazily.tsx";

const TooltipLayer = lazily(() => import("./tooltip-layer.tsx"));

/**
 * Tooltips for everything that carries `data-tip="…"`. Rendered once, in the shell; the layer's code loads when the
 * first such element is pointed at or focused. A tip repeats in sight what the element already says to screen readers.
 */
export function Tooltips() {
  const [target, setTarget] = useState<Element | null>(null);
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    // Here and not in the layer: what is pointed at while its code loads counts too.
    const reach = (event: Event) => {
      const reached = event.target instanceof Element ? event.target.closest("[data-tip]") : null;
      setTarget(reached);
      if (reached !== null) setWanted(true);
    };
    addEventListener("pointerover", reach);
    addEventListener("focusin", reach);
    return () => {
      removeEventListener("pointerover", reach);
      removeEventListener("focusin", reach);
    };
  }, []);
  return wanted ? <TooltipLayer target={target} onHide={() => setTarget(null)} /> : null;
}
