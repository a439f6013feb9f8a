import type { Schedule } from "@spillway/contract/schemas";
import { codeName, type Note } from "../../features/notes/notes.ts";
import { formatCount, plural, utcStamp } from "../../lib/format.ts";
import { rhythm } from "./schedule-words.ts";

const most = 30;

/** What will run when, a line each, with its times in UTC. */
export function schedulesNote(queue: string, schedules: readonly Schedule[], total: number): Note {
  const left = total - Math.min(schedules.length, most);
  return {
    title: `${queue}: ${plural(total, "schedule")}`,
    lines: [...schedules.slice(0, most).map(lineOf), ...(left > 0 ? [`and ${formatCount(left)} more`] : [])],
  };
}

function lineOf(schedule: Schedule): string {
  const { id, task, timezone, next_run_at: next, last_run_at: last, runs, paused } = schedule;
  return [
    codeName(id === task ? task : `${task} ${id}`),
    `${rhythm(schedule)}${timezone === null ? "" : ` (${codeName(timezone)})`}`,
    paused ? "paused" : next === null ? "next run not known" : `next ${utcStamp(next)}`,
    last === null ? (runs === 0 ? "not run yet" : "last run not known") : `last ${utcStamp(last)}`,
  ].join(" · ");
}
