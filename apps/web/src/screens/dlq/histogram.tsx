import type { Marker, Shapes } from "@spillway/contract/schemas";
import { formatCount, plural, shownMinute, shownStamp, shownTime } from "../../lib/format.ts";
import { mostTelling } from "../../lib/telling.ts";

const width = 720;
const height = 64;
/** A few bars must not become walls. */
const widest = 28;

/** As many lines as a person can still tell apart. */
const named = 8;

interface HistogramProps {
  buckets: Shapes["histogram"];
  markers: readonly Marker[];
}

/** When the jobs failed, with what explains it; the same figures in words for those who can't see it. */
export function Histogram({ buckets, markers }: HistogramProps) {
  const [first] = buckets;
  const last = buckets.at(-1);
  if (first === undefined || last === undefined) return null;
  const start = Date.parse(first.from);
  const span = Date.parse(last.to) - start || 1;
  const top = Math.max(1, ...buckets.map((bucket) => bucket.count));
  const most = buckets.reduce((a, b) => (b.count > a.count ? b : a));
  const step = width / buckets.length;
  const wide = Math.min(Math.max(step - 1.5, 1), widest);
  const flags = markers.flatMap((marker) => {
    const share = (Date.parse(marker.at) - start) / span;
    return share >= 0 && share <= 1 ? [{ ...marker, x: share * width }] : [];
  });
  const words = `Failures from ${shownStamp(first.from)} to ${shownStamp(last.to)}; most, ${formatCount(most.count)}, from ${shownTime(most.from)}`;
  return (
    <figure className="min-w-0">
      <svg
        role="img"
        aria-label={words}
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        className="block h-16 w-full"
      >
        {buckets.map((bucket, index) => {
          const size = bucket.count === 0 ? 0 : Math.max(2, (bucket.count / top) * (height - 4));
          return (
            <g
              key={bucket.from}
              data-tip={`${plural(bucket.count, "failure")}, ${shownTime(bucket.from)} to ${shownTime(bucket.to)}`}
            >
              <rect x={index * step} y={0} width={step} height={height} fill="transparent" />
              <rect
                x={index * step + (step - wide) / 2}
                y={height - size}
                width={wide}
                height={size}
                className="fill-failed"
              />
            </g>
          );
        })}
        <line x1="0" x2={width} y1={height - 0.5} y2={height - 0.5} className="stroke-line-strong" />
        {flags.map((flag) => (
          <line
            key={flag.id}
            x1={flag.x}
            x2={flag.x}
            y1="0"
            y2={height}
            strokeDasharray="3 3"
            vectorEffect="non-scaling-stroke"
            className="stroke-dim"
          />
        ))}
      </svg>
      <figcaption className="mt-1 grid grid-cols-2 gap-x-3 text-2xs text-faint">
        <span>{span > 20 * 3_600_000 ? shownStamp(first.from) : shownMinute(first.from)}</span>
        <span className="text-right">{shownMinute(last.to)}</span>
        <Flags flags={mostTelling(flags, named)} more={Math.max(0, flags.length - named)} />
      </figcaption>
    </figure>
  );
}

/** Below the axis and from its start on, so that no name is taken for the place of its line. */
function Flags({ flags, more }: { flags: readonly Marker[]; more: number }) {
  if (flags.length === 0) return null;
  return (
    <span className="col-span-2 mt-1 text-dim">
      dashed: {flags.map((flag) => `${shownMinute(flag.at)} ${flag.title}`).join(" · ")}
      {more === 0 ? "" : ` and ${formatCount(more)} more`}
    </span>
  );
}
