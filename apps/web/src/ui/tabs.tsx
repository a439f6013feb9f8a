import type { ReactNode } from "react";
import { cx } from "./cx.ts";
import { useCurrentInView } from "./use-current-in-view.ts";

interface TabsProps {
  label: string;
  /** Names the current tab: when it changes, that tab comes into sight. */
  current: string;
  children: ReactNode;
}

/** Tabs are places with an address, so the caller brings links; give each `tabClass(current)`. */
export function Tabs({ label, current, children }: TabsProps) {
  const row = useCurrentInView<HTMLElement>(current);
  return (
    <nav
      ref={row}
      aria-label={label}
      className="relative -mb-px flex gap-1 overflow-x-auto overflow-y-hidden"
    >
      {children}
    </nav>
  );
}

export const tabClass = (current: boolean): string =>
  cx(
    "inline-flex h-9 items-center touch:h-[44px] gap-1.5 border-b-2 px-2.5 text-sm whitespace-nowrap max-sm:px-1.5",
    current
      ? "border-accent font-medium text-text"
      : "border-transparent text-dim hover:border-line-strong hover:text-text",
  );
