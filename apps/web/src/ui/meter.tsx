import { cx } from "./cx.ts";

interface ShareBarProps {
  /** 0–1 */
  share: number;
  label: string;
  /** A background colour class. */
  className?: string;
}

/** How much of a whole, as an SVG so that no inline style is needed. */
export function ShareBar({ share, label, className = "text-accent" }: ShareBarProps) {
  const width = Math.min(1, Math.max(0, share)) * 100;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox="0 0 100 6"
      preserveAspectRatio="none"
      className={cx("block h-1.5 w-full overflow-hidden rounded-full", className)}
    >
      <rect width="100" height="6" className="fill-raised" />
      <rect width={Math.max(width, width > 0 ? 1.5 : 0)} height="6" fill="currentColor" />
    </svg>
  );
}

interface MeterProps {
  value: number;
  max: number;
  label: string;
  /** From which share on it turns amber and red. */
  warnAt?: number;
  badAt?: number;
}

/** A bar that says in colour when it goes too far, e.g. the age of a heartbeat. */
export function Meter({ value, max, label, warnAt = 0.6, badAt = 1 }: MeterProps) {
  const share = max === 0 ? 0 : value / max;
  return (
    <ShareBar
      share={share}
      label={label}
      className={share >= badAt ? "text-failed" : share >= warnAt ? "text-paused" : "text-line-strong"}
    />
  );
}
