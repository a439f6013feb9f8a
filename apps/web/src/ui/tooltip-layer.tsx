import { useEffect, useEffectEvent, useLayoutEffect, useRef } from "react";

const margin = 8;

interface TooltipLayerProps {
  /** What is pointed at or focused, if it has something to say. */
  target: Element | null;
  onHide: () => void;
}

/** One tooltip that moves to whatever is pointed at or focused. Escape hides it. */
export default function TooltipLayer({ target, onHide }: TooltipLayerProps) {
  const box = useRef<HTMLDivElement>(null);
  const hide = useEffectEvent(onHide);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => (event.key === "Escape" ? hide() : undefined);
    const onScroll = () => hide();
    addEventListener("keydown", onKey);
    addEventListener("scroll", onScroll, true);
    return () => {
      removeEventListener("keydown", onKey);
      removeEventListener("scroll", onScroll, true);
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
