import { type ReactNode, useId } from "react";
import { cx } from "./cx.ts";

interface PanelProps {
  title?: ReactNode;
  /** Beside the title, dim: what the panel is about in a few words. */
  note?: ReactNode;
  /** At the right end of the title line. */
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
  /** Without inner padding, for tables and lists. */
  flush?: boolean;
  tone?: "plain" | "danger" | "warn";
}

export function Panel({ title, note, actions, children, className, flush, tone = "plain" }: PanelProps) {
  const heading = useId();
  return (
    <section
      aria-labelledby={title === undefined ? undefined : heading}
      className={cx(
        "min-w-0 rounded-lg border bg-panel",
        tone === "plain" ? "border-line" : tone === "danger" ? "border-failed/50" : "border-paused/50",
        className,
      )}
    >
      {title === undefined ? null : (
        <header className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 px-4 pt-2 pb-1">
          <h2 id={heading} className="text-sm font-semibold">
            {title}
          </h2>
          {note === undefined ? null : <span className="text-xs text-faint">{note}</span>}
          {actions === undefined ? null : (
            <div className="ml-auto flex items-center gap-2 touch:gap-4 touch:[&_a]:py-[14px]">{actions}</div>
          )}
        </header>
      )}
      <div className={cx(!flush && "px-4 pb-4", !flush && title === undefined && "pt-4", flush && "pb-1")}>
        {children}
      </div>
    </section>
  );
}
