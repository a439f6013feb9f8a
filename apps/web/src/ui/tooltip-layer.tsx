import { useEffect, useLayoutEffect, useRef, useState } from "react";

const margin = 8;

/** One tooltip that moves to whatever is pointed at or focused. Escape hides it. */
export default function TooltipLayer({ first }: { first: Element }) {
  const [target, setTarget] = useState<Element | null>(first);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const reach = (event: Event) =>
      setTarget(event.target instanceof Element ? event.target.closest("[data-tip]") : null);
    const hide = (event: KeyboardEvent) => (event.key === "Escape" ? setTarget(null) : undefined);
    const leave = () => setTarget(null);
    addEventListener("pointerover", reach);
    addEventListener("focusin", reach);
    addEventListener("keydown", hide);
    addEventListener("scroll", leave, true);
    return () => {
      removeEventListener("pointerover", reach);
      removeEventListener("focusin", reach);
      removeEventListener("keydown", hide);
      removeEventListener("scroll", leave, true);
    };
  }, []);
  const text = target?.isConnected ? target.getAttribute("data-tip") : null;
  useLayoutEffect(() => {
    if (text === null || target === null || box.current === null) return;
    const at = target.getBoundingClientRect();
    const size = box.current.getBoundingClientRect();
    const left = at.left + at.width / 2 - size.width / 2;
    const below = at.bottom + size.height + margin < innerHeight;
    box.current.style.left = `${Math.max(margin, Math.min(left, innerWidth - size.width - margin))}px`;
    box.current.style.top = `${below ? at.bottom + 6 : at.top - size.height - 6}px`;
  });
  if (!text) return null;
  return (
    <div
      ref={box}
      role="tooltip"
      className="pointer-events-none fixed top-0 left-0 z-60 max-w-80 rounded-md border border-line bg-raised px-2 py-1 text-xs text-text shadow-float"
    >
      {text}
    </div>
  );
}
