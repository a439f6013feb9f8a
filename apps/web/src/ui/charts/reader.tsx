import { type KeyboardEvent, type PointerEvent, useEffect, useSyncExternalStore } from "react";
import { alsoTime, formatCount, shownTime } from "../../lib/format.ts";
import { crosshairOf } from "./crosshair.ts";
import { missingWord } from "./missing-word.ts";
import { nearest, shareOf } from "./scale.ts";
import type { TimeChartProps } from "./time-chart.tsx";
import { useBrush } from "./use-brush.ts";

interface ReaderProps extends TimeChartProps {
  /** The height of the lines, px. */
  room: number;
  /** The lowest value that is drawn. */
  bottom: number;
  y: (value: number) => number;
}

const percent = (share: number) => `${share * 100}%`;

/**
 * What lies over the lines: by mouse or finger, or by the arrow keys, it reads the figures of one time, in all charts of the same
 * `syncId` at once; drawn across, it asks for a stretch.
 */
export function Reader(props: ReaderProps) {
  const { title, times, syncId, onZoom, room } = props;
  const crosshair = crosshairOf(syncId);
  const looked = useSyncExternalStore(crosshair.subscribe, crosshair.get);
  // What goes away hears no more of the mouse.
  useEffect(() => () => crosshair.set(null), [crosshair]);
  const brush = useBrush(onZoom);
  const from = times[0] ?? 0;
  const to = times.at(-1) ?? from;
  const place = looked === null ? -1 : nearest(times, looked);
  const timeOf = ({ currentTarget, clientX }: { currentTarget: Element; clientX: number }) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    return times[nearest(times, from + ((clientX - left) / Math.max(1, width)) * (to - from))] ?? from;
  };
  const look = (event: PointerEvent) => {
    const at = timeOf(event);
    crosshair.set(at);
    brush.move(at);
  };
  const leave = () => {
    crosshair.set(null);
    brush.drop();
  };
  const last = times.length - 1;
  return (
    <div
      role="slider"
      aria-label={`${title}, by time`}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, last)}
      aria-valuenow={Math.max(0, place < 0 ? last : place)}
      aria-valuetext={wordsAt(props, place < 0 ? last : place)}
      tabIndex={0}
      className={`absolute inset-0 touch-pan-y ${onZoom === undefined ? "" : "cursor-crosshair"}`}
      onPointerMove={look}
      onPointerLeave={leave}
      onMouseDown={(event) => brush.start(timeOf(event), event)}
      onMouseUp={brush.end}
      onBlur={leave}
      onKeyDown={(event) => {
        const next = placeAfter(event, place, last);
        if (next === undefined) return;
        event.preventDefault();
        crosshair.set(next === null ? null : (times[next] ?? null));
      }}
    >
      {brush.stretch === null ? null : (
        <div
          className="absolute inset-y-0 bg-accent/15"
          style={{
            left: percent(shareOf(brush.stretch[0], from, to)),
            width: percent(shareOf(brush.stretch[1], from, to) - shareOf(brush.stretch[0], from, to)),
          }}
        />
      )}
      {place < 0 ? null : (
        <Figures {...props} place={place} share={shareOf(times[place] ?? from, from, to)} room={room} />
      )}
    </div>
  );
}

/** Where a key leads from a place; null: to none; undefined: it is no key of ours. */
function placeAfter({ key }: KeyboardEvent, place: number, last: number): number | null | undefined {
  const now = place < 0 ? last + 1 : place;
  const far = Math.max(1, Math.round(last / 10));
  const steps: Record<string, number> = {
    ArrowLeft: now - 1,
    ArrowRight: now + 1,
    PageDown: now - far,
    PageUp: now + far,
    Home: 0,
    End: last,
  };
  if (key === "Escape" && place >= 0) return null;
  const next = steps[key];
  return next === undefined ? undefined : Math.min(last, Math.max(0, next));
}

const rowsAt = ({ times, series, gaps, format = formatCount }: ReaderProps, place: number) =>
  series.map(({ key, label, values }) => {
    const value = values[place] ?? null;
    return { key, label, value: value === null ? missingWord(times[place] ?? 0, gaps) : format(value) };
  });

const wordsAt = (props: ReaderProps, place: number): string =>
  `${shownTime(props.times[place] ?? 0)}: ${rowsAt(props, place)
    .map(({ label, value }) => `${label} ${value}`)
    .join(", ")}`;

/** A line through one time, dots where it meets the others, and what they are there. */
function Figures(props: ReaderProps & { place: number; share: number }) {
  const { times, series, place, share, room, bottom, y } = props;
  const at = times[place] ?? 0;
  return (
    <>
      <svg aria-hidden className="pointer-events-none absolute inset-0 size-full overflow-visible">
        <line x1={percent(share)} x2={percent(share)} y1={0} y2={room} stroke="var(--line-strong)" />
        {series.map(({ key, colour, values }) => {
          const value = values[place] ?? null;
          return value === null || value < bottom ? null : (
            <circle key={key} cx={percent(share)} cy={y(value)} r={3} fill={`var(--${colour})`} />
          );
        })}
      </svg>
      <div
        className={`pointer-events-none absolute top-0 z-1 w-max rounded-md border border-line bg-panel px-2.5 py-1.5 text-xs text-text shadow-float ${
          share > 0.5 ? "-translate-x-full" : ""
        }`}
        style={{ left: `calc(${percent(share)} ${share > 0.5 ? "- 10px" : "+ 10px"})` }}
      >
        <p className="text-dim">
          {shownTime(at)}
          {alsoTime(at)}
        </p>
        {rowsAt(props, place).map((row) => (
          <p key={row.key} className="flex justify-between gap-6">
            <span className="text-dim">{row.label}</span>
            <span className="font-medium">{row.value}</span>
          </p>
        ))}
      </div>
    </>
  );
}
