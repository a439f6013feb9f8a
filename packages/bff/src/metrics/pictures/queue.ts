import type { Backlog, Before, QueueSummary, Trouble } from "@spillway/contract/schemas";
import type { Capabilities } from "@spillway/engine";
import type { BacklogTrend } from "@spillway/triage";
import { type QueueFigures, slotsOf } from "../figures.ts";
import type { Series, Timeline } from "../series.ts";
import { ageSeconds, rounded } from "../wire-time.ts";
import { toRates } from "./rates.ts";

const SPARK_POINTS = 60;

export interface QueuePictureParts {
  /** By the engine's clock, epoch ms. */
  at: number;
  trouble: Trouble[];
  spark: QueueSummary["spark"];
  sinceChange: QueueSummary["since_change"];
  readOnly: boolean;
  denied: Record<string, string>;
  before: Before | undefined;
}

export function toQueueSummary(figures: QueueFigures, parts: QueuePictureParts): QueueSummary {
  const { queue, staff, expected, measured } = figures;
  return {
    name: queue.name,
    paused: queue.paused,
    counts: queue.counts,
    rates: toRates(measured),
    backlog: toBacklog(figures, parts.at),
    workers: staff.workers,
    expected_workers: expected,
    slots: slotsOf(staff, queue),
    trouble: parts.trouble,
    spark: parts.spark,
    since_change: parts.sinceChange,
    read_only: parts.readOnly,
    denied: parts.denied,
    ...(parts.before && { before: parts.before }),
  };
}

function toBacklog({ queue, trend, cause }: QueueFigures, at: number): Backlog {
  return {
    size: queue.counts.waiting,
    ...toBacklogTrend(trend),
    oldest_waiting_age_s: ageSeconds(queue.oldestWaitingSince, at),
    cause: cause?.cause ?? null,
    cause_text: cause?.text ?? null,
  };
}

export function toBacklogTrend(trend: BacklogTrend): Pick<Backlog, "change_per_min" | "direction" | "eta_s"> {
  return {
    change_per_min: rounded(trend.changePerMin),
    direction: trend.direction,
    eta_s: rounded(trend.etaS),
  };
}

/** Waiting jobs of the last 60 ticks; gaps stay gaps. */
export function toSpark(
  timeline: Timeline,
  series: Series | undefined,
  stepS: number,
): QueueSummary["spark"] {
  const values: (number | null)[] = [];
  if (series !== undefined)
    for (
      let tick = Math.max(series.from, timeline.first, timeline.next - SPARK_POINTS);
      tick < timeline.next;
      tick++
    )
      values.push(series.get(tick, "waiting"));
  return { step_s: stepS, values };
}

const STALE = "The engine can't be reached: what is shown may no longer be true, and this can't be undone.";

/** What can't be done now, and why. Stale data stops what deletes, never what contains damage. */
export function deniedActions(capabilities: Capabilities, stale: boolean): Record<string, string> {
  const denied: Record<string, string> = {};
  const { schedule_pause: pause, schedule_run: run } = capabilities;
  if (pause !== true) {
    denied["schedule.pause"] = pause;
    denied["schedule.resume"] = pause;
  }
  if (run !== true) denied["schedule.run"] = run;
  if (stale) {
    denied["queue.drain"] = STALE;
    denied["queue.clean"] = STALE;
    denied["job.remove"] = STALE;
    denied["schedule.remove"] = STALE;
  }
  return denied;
}
