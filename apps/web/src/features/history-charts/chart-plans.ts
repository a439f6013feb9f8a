import type { Marker, Sample } from "@spillway/contract/schemas";
import { formatCount, formatDuration, formatMs, formatRate } from "../../lib/format.ts";
import type { ChartGap, ChartMarker, ChartSeries } from "../../ui/charts/time-chart.tsx";

type Figure = Exclude<keyof Sample, "timestamp" | "gap">;
type Line = [figure: Figure, label: string, colour: ChartSeries["colour"], dashed?: "dashed"];

interface ChartPlan {
  title: string;
  /** What the figures are, in a few words. */
  unit: string;
  lines: readonly Line[];
  /** The line it is about, of a chart that need not begin at zero. */
  main?: Figure;
  format: (value: number) => string;
}

export const chartPlans: readonly ChartPlan[] = [
  {
    title: "Failing",
    unit: "per minute",
    lines: [
      ["failed_attempts", "failed attempts", "paused"],
      ["failures", "failed for good", "failed"],
      ["retries", "retried", "delayed"],
    ],
    format: formatRate,
  },
  {
    title: "Throughput",
    unit: "per minute",
    lines: [
      ["throughput", "completed", "completed"],
      ["started", "started", "active"],
      ["enqueued", "enqueued", "dim", "dashed"],
    ],
    format: formatRate,
  },
  {
    title: "Backlog",
    unit: "jobs",
    lines: [
      ["waiting", "waiting", "waiting"],
      ["active", "active", "active"],
      ["delayed", "delayed", "delayed"],
    ],
    main: "waiting",
    format: formatCount,
  },
  {
    title: "Run times",
    unit: "per job",
    lines: [
      ["avg_duration_ms", "average", "accent"],
      ["p95_duration_ms", "p95", "delayed"],
    ],
    format: formatMs,
  },
  {
    title: "Oldest waiting job",
    unit: "age",
    lines: [["oldest_waiting_age_s", "age", "waiting"]],
    // A tick is one word: a space would break it into two lines.
    format: (seconds) => formatDuration(seconds).replaceAll(" ", "\u00a0"),
  },
  {
    title: "Workers",
    unit: "at work",
    lines: [["total_workers", "workers", "dim"]],
    format: formatCount,
  },
];

export const seriesOf = (
  { lines }: ChartPlan,
  samples: readonly Sample[],
  times: readonly number[],
): ChartSeries[] =>
  lines.map(([figure, label, colour, dashed]) => ({
    key: figure,
    label,
    colour,
    dashed: dashed !== undefined,
    values: lineOf(samples, times, figure),
  }));

/** The points of one figure; flows are steadied. */
export function lineOf(
  samples: readonly Sample[],
  times: readonly number[],
  figure: Figure,
): (number | null)[] {
  const values = samples.map((sample) => figureOf(sample, figure));
  return flows.has(figure) ? steady(values, times) : values;
}

/** What the figures are, and over how long they are means where that is longer than a tick. */
export const unitOf = ({ unit, lines }: ChartPlan, times: readonly number[]): string =>
  lines.some(([figure]) => flows.has(figure)) && isFine(times)
    ? `${unit}, mean of ${steadyMs / 1000} s`
    : unit;

/** How many jobs a minute do so. */
const flows: ReadonlySet<Figure> = new Set([
  "failed_attempts",
  "failures",
  "retries",
  "throughput",
  "started",
  "enqueued",
]);
/** Within a tick of a second or two a few jobs more or less are hundreds a minute: a line of that is a hedge. */
const steadyMs = 15_000;

const isFine = (times: readonly number[]): boolean =>
  times.some((at, index) => index > 0 && at - (times[index - 1] ?? at) < steadyMs);

/** Each point becomes the mean of what came shortly before it, as far as nothing was missed in between. */
export function steady(values: readonly (number | null)[], times: readonly number[]): (number | null)[] {
  return values.map((value, index) => {
    if (value === null) return null;
    let sum = 0;
    let count = 0;
    for (let i = index; i >= 0 && (times[index] ?? 0) - (times[i] ?? 0) < steadyMs; i--) {
      const one = values[i];
      if (one === null || one === undefined) break;
      sum += one;
      count += 1;
    }
    return sum / count;
  });
}

/** Where nothing waits, the oldest waiting job has no age; its line lies on the ground and is no gap. */
const figureOf = (sample: Sample, figure: Figure): number | null =>
  figure === "oldest_waiting_age_s" && sample.waiting === 0 ? 0 : sample[figure];

/** No figure of it is known, as of run times where nothing ran. */
export const isBlank = ({ lines }: ChartPlan, samples: readonly Sample[]): boolean =>
  lines.every(([figure]) => samples.every((sample) => figureOf(sample, figure) === null));

export const timesOf = (samples: readonly Sample[]): number[] =>
  samples.map((sample) => Date.parse(sample.timestamp));

/** Stretches in which the engine was not seen: from the last good tick before to the first after. */
export function gapsOf(samples: readonly Sample[]): ChartGap[] {
  const times = timesOf(samples);
  const gaps: ChartGap[] = [];
  samples.forEach((sample, index) => {
    if (!sample.gap) return;
    const at = times[index] ?? 0;
    const from = times[index - 1] ?? at;
    const to = times[index + 1] ?? at;
    const open = gaps.at(-1);
    if (open !== undefined && open.to >= from) open.to = to;
    else gaps.push({ from, to });
  });
  return gaps;
}

/** The markers as flags, and one for the chosen moment where none stands there. An incident shades as long as it lasts. */
export function flagsOf(markers: readonly Marker[], since: string | null): ChartMarker[] {
  const flags = markers.map(flagOf);
  if (since === null || markers.some((marker) => marker.at === since)) return flags;
  return [...flags, { id: "since", at: Date.parse(since), label: "since then", tone: "plain" }];
}

function flagOf({ id, at, until, title, kind, incident }: Marker): ChartMarker {
  if (kind !== "incident") return { id, at: Date.parse(at), label: title, tone: "plain" };
  const end = until === null ? Number.POSITIVE_INFINITY : Date.parse(until);
  return { id, at: Date.parse(at), until: end, label: incident ?? title, tone: "bad" };
}
