import type { ReactNode } from "react";
import { cx } from "./cx.ts";

export type Tone = "neutral" | "accent" | "good" | "warn" | "danger";

const tones: Record<Tone, string> = {
  neutral: "bg-raised text-dim",
  accent: "bg-accent-wash text-accent",
  good: "bg-good-wash text-completed",
  warn: "bg-warn-wash text-paused",
  danger: "bg-danger-wash text-failed",
};

export function Badge({
  tone = "neutral",
  children,
  tip,
}: {
  tone?: Tone;
  children: ReactNode;
  tip?: string;
}) {
  return (
    <span
      data-tip={tip}
      className={cx(
        "inline-flex h-5 items-center gap-1 rounded px-1.5 text-xs font-medium whitespace-nowrap",
        tones[tone],
      )}
    >
      {children}
    </span>
  );
}
