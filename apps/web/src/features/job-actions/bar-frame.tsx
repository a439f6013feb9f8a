import { X } from "lucide-react";
import { type ReactNode, useLayoutEffect, useRef } from "react";
import { IconButton } from "../../ui/button.tsx";

interface BarFrameProps {
  /** What is selected, in words. */
  said: ReactNode;
  onClear: () => void;
  children: ReactNode;
}

/** Stays in sight under the rows: what is selected and what can be done with it. */
export function BarFrame({ said, onClear, children }: BarFrameProps) {
  const bar = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const here = bar.current;
    // Gone with the selection, it does not take the focus along: keys go on at the content.
    return () => {
      if (here?.contains(document.activeElement))
        document.getElementById("main")?.focus({ preventScroll: true });
    };
  }, []);
  return (
    <section
      ref={bar}
      aria-label="Selected jobs"
      className="sticky bottom-4 z-10 mx-auto mt-3 flex w-fit max-w-full flex-wrap items-center gap-2 rounded-xl border border-line-strong bg-panel py-2 pr-2 pl-4 shadow-float max-sm:bottom-16"
    >
      <p className="text-sm" aria-live="polite">
        {said}
      </p>
      <div className="flex flex-wrap items-center gap-1.5">
        {children}
        <IconButton label="Clear the selection" size="small" data-clears-selection onClick={onClear}>
          <X size={14} aria-hidden />
        </IconButton>
      </div>
    </section>
  );
}
