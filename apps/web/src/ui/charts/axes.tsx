import { shownDay, shownMinute, shownTime } from "../../lib/format.ts";
import { day, minute, roundTimes, shareOf } from "./scale.ts";

/** Labels of times stand so far apart, px. */
const apart = 100;
/** A label reaches so far to either side of its place, px. */
const half = 28;

interface LevelsProps {
  levels: readonly number[];
  format: (value: number) => string;
  /** Where a level lies, px from the top. */
  y: (level: number) => number;
}

/** What the heights are, left of the lines. */
export const Levels = ({ levels, format, y }: LevelsProps) =>
  levels.map((level) => (
    <span
      key={level}
      className="absolute right-full -translate-y-1/2 pr-2 whitespace-nowrap"
      style={{ top: y(level) }}
    >
      {format(level)}
    </span>
  ));

interface TimesProps {
  from: number;
  to: number;
  /** Of the lines, px. */
  width: number;
}

/** When it was, below the lines. */
export function Times({ from, to, width }: TimesProps) {
  const { step, times } = roundTimes(from, to, Math.max(1, Math.floor(width / apart)));
  const words = step >= day ? shownDay : step >= minute ? shownMinute : shownTime;
  return times.map((at) => {
    const x = shareOf(at, from, to) * width;
    return x + half > width + 8 ? null : (
      <span key={at} className="absolute top-full -translate-x-1/2 pt-1.5" style={{ left: x }}>
        {words(at)}
      </span>
    );
  });
}
