import { alsoTime, formatAge, formatDuration, shownStamp } from "../lib/format.ts";
import { shownZone } from "../lib/zone.ts";
import { useClock } from "./use-now.ts";

interface RelativeTimeProps {
  at: string | null;
  suffix?: string;
  /** It has happened, whatever the clocks say: they differ by a second or two. */
  past?: boolean;
}

/** `8 s ago` or `in 3 min`; the absolute time on hover. */
export function RelativeTime({ at, suffix = " ago", past = false }: RelativeTimeProps) {
  const then = at === null ? null : Date.parse(at);
  const text = useClock((now) => {
    if (then === null) return "–";
    const age = (now - then) / 1000;
    return age < -1 && !past ? `in ${formatAge(-age)}` : `${formatAge(age)}${suffix}`;
  });
  if (at === null) return <span className="text-faint">–</span>;
  return (
    <time dateTime={at} data-tip={`${shownStamp(at)}${alsoTime(at)}`} className="whitespace-nowrap">
      {text}
    </time>
  );
}

/** How long something has been going on, counting: `1 m 40 s`. */
export function Elapsed({ since }: { since: string | null }) {
  const then = since === null ? null : Date.parse(since);
  const text = useClock((now) =>
    then === null ? "–" : now - then < 1000 ? "0 s" : formatDuration(Math.floor((now - then) / 1000)),
  );
  return since === null ? (
    <span className="text-faint">–</span>
  ) : (
    <time
      dateTime={since}
      data-tip={`since ${shownStamp(since)}${alsoTime(since)}`}
      className="whitespace-nowrap"
    >
      {text}
    </time>
  );
}

/** Over a column of times: `Time (UTC)`. */
export const TimeHead = () => <>Time ({shownZone() ?? "UTC"})</>;
