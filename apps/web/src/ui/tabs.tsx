import type { ReactNode } from "react";
import { cx } from "./cx.ts";

/** Tabs are places with an address, so the caller brings links; give each `tabClass(current)`. */
export function Tabs({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav aria-label={label} className="-mb-px flex gap-1 overflow-x-auto overflow-y-hidden">
      {children}
    </nav>
  );
}

export const tabClass = (current: boolean): string =>
  cx(
    "inline-flex h-9 items-center gap-1.5 border-b-2 px-2.5 text-sm whitespace-nowrap",
    current
      ? "border-accent font-medium text-text"
      : "border-transparent text-dim hover:border-line-strong hover:text-text",
  );
