import { ArrowDown, ArrowRight, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx.ts";

interface TrendProps {
  direction: "up" | "down" | "flat";
  children: ReactNode;
  /** Colour only where the movement is a problem or the end of one. */
  tone?: "plain" | "bad" | "good";
}

export function Trend({ direction, children, tone = "plain" }: TrendProps) {
  const Icon = direction === "up" ? ArrowUp : direction === "down" ? ArrowDown : ArrowRight;
  return (
    <span
      className={cx(
        "inline-flex items-baseline gap-0.5 whitespace-nowrap",
        tone === "bad" ? "text-failed" : tone === "good" ? "text-completed" : "text-dim",
      )}
    >
      <Icon
        size={12}
        strokeWidth={2.5}
        // Beside the first line of what may have several.
        className="mt-[0.2em] self-start"
        role="img"
        aria-label={direction === "flat" ? "steady" : direction}
      />
      {children}
    </span>
  );
}

interface StatProps {
  label: string;
  value: ReactNode;
  unit?: string;
  /** Under the value: which way it moves, or what it was. */
  note?: ReactNode;
  tone?: "plain" | "bad" | "warn";
  /** Where the figure comes from. */
  tip?: string | undefined;
}

export function Stat({ label, value, unit, note, tone = "plain", tip }: StatProps) {
  return (
    <div className="min-w-0 xl:basis-52" data-tip={tip}>
      <dt className="truncate text-xs text-dim">{label}</dt>
      <dd className="mt-0.5 flex min-h-8 flex-wrap items-baseline gap-x-1.5">
        <span
          className={cx(
            "text-xl font-semibold tracking-tight",
            tone === "bad" && "text-failed",
            tone === "warn" && "text-paused",
          )}
        >
          {value}
        </span>
        {unit === undefined ? null : <span className="text-xs text-dim">{unit}</span>}
      </dd>
      {note === undefined ? null : <dd className="min-h-4 text-xs text-dim">{note}</dd>}
    </div>
  );
}

/** Stats in one calm line, each in a place that does not move as figures grow; a grid on narrow screens. */
export function StatLine({ children }: { children: ReactNode }) {
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-3 lg:grid-cols-4 xl:flex">{children}</dl>
  );
}
