import { Link } from "react-router";
import { useSince } from "../../features/since/use-since.ts";
import { shownMinute } from "../../lib/format.ts";
import { cx } from "../../ui/cx.ts";
import { serverNow, useClock } from "../../ui/use-now.ts";

export const windows = [
  { text: "15 min", ms: 15 * 60_000 },
  { text: "1 h", ms: 3_600_000 },
  { text: "6 h", ms: 6 * 3_600_000 },
  { text: "24 h", ms: 24 * 3_600_000 },
] as const;

interface WindowPickerProps {
  from: string | null;
  to: string | null;
  /** The address with this beginning, null for all. */
  link: (from: string | null) => string;
}

const minute = 60_000;

/** Since when to look. It is written into the address as a time, so that a pasted link shows the same failures. */
export function WindowPicker({ from, to, link }: WindowPickerProps) {
  // Links move on once a minute, so that they are not made anew at every tick.
  const now = useClock((at) => Math.floor(at / minute)) * minute;
  const since = useSince();
  const age = from === null ? null : serverNow() - Date.parse(from);
  const isCurrent = (ms: number) =>
    to === null && age !== null && from !== since && age >= ms && age < ms * 1.2 + 2 * minute;
  return (
    <nav aria-label="Time window" className="flex rounded-md border border-line bg-panel p-0.5 text-xs">
      {windows.map(({ text, ms }) => (
        <WindowLink
          key={text}
          to={link(new Date(now - ms).toISOString())}
          current={isCurrent(ms)}
          label={`Last ${text}`}
        >
          {text}
        </WindowLink>
      ))}
      {since === null ? null : (
        <WindowLink to={link(since)} current={to === null && from === since} label="Since the chosen moment">
          {shownMinute(since)}
        </WindowLink>
      )}
      <WindowLink to={link(null) || "?"} current={from === null && to === null} label="All failed jobs">
        all
      </WindowLink>
    </nav>
  );
}

function WindowLink(props: { to: string; current: boolean; label: string; children: string }) {
  const { to, current, label, children } = props;
  return (
    <Link
      to={to}
      preventScrollReset
      aria-label={label}
      aria-current={current ? "true" : undefined}
      className={cx(
        "rounded px-2 py-1 whitespace-nowrap touch:px-3 touch:py-[14px]",
        current ? "bg-accent-wash font-medium text-accent" : "text-dim hover:text-text",
      )}
    >
      {children}
    </Link>
  );
}
