import { CronExpressionParser } from "cron-parser";

/** When a schedule runs, as far as it says. Times epoch ms. */
export interface Plan {
  nextRunAt: number | null;
  pattern: string | null;
  everyMs: number | null;
  /** Null: of whichever host planned it. */
  timezone: string | null;
  endsAt: number | null;
  /** Planned runs that are left, the next one included; null: without an end. */
  runsLeft: number | null;
}

/** The next runs, soonest first; only the very next where the others can't be told. */
export function nextRuns(plan: Plan, most: number): number[] {
  const { nextRunAt, everyMs, endsAt, runsLeft } = plan;
  if (nextRunAt === null) return [];
  const times = cronTimes(plan);
  const runs = [nextRunAt];
  for (let at = nextRunAt; runs.length < Math.min(most, runsLeft ?? most); ) {
    const next = everyMs !== null ? at + everyMs : times?.after(at);
    if (next === undefined || (endsAt !== null && next > endsAt)) break;
    runs.push(next);
    at = next;
  }
  return runs;
}

/** The planned time before the next one; null where it can't be told. */
export function plannedBefore(plan: Plan): number | null {
  const { nextRunAt, everyMs } = plan;
  if (nextRunAt === null) return null;
  return everyMs !== null ? nextRunAt - everyMs : (cronTimes(plan)?.before(nextRunAt) ?? null);
}

/**
 * Null unless the pattern explains the next run: an application may plan by rules of its own, and where it names no time
 * zone its host's counts, which nobody here knows.
 */
function cronTimes({ pattern, timezone, nextRunAt }: Plan) {
  if (pattern === null || nextRunAt === null) return null;
  const from = (at: number) =>
    CronExpressionParser.parse(pattern, { currentDate: new Date(at), tz: timezone ?? "UTC" });
  const after = (at: number): number => from(at).next().getTime();
  try {
    if (after(nextRunAt - 1) !== nextRunAt) return null;
  } catch {
    return null;
  }
  return { after, before: (at: number): number => from(at).prev().getTime() };
}
