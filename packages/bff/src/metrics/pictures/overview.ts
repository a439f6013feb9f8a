import type { AuditRecord, EngineStatus, JobSummary, Overview, Trouble } from "@spillway/contract/schemas";
import type { Movement, NowAndBefore } from "@spillway/triage";
import type { Moment } from "../moment.ts";
import { oldestWaiting, totalCounts } from "../record-rows.ts";
import { ageSeconds, iso, isoOrNull, rounded } from "../wire-time.ts";
import { toRates } from "./rates.ts";

export interface OverviewParts {
  trouble: Trouble[];
  movement: Movement;
  latestFailures: JobSummary[];
  destructiveActions: AuditRecord[];
  engine: EngineStatus;
}

export function toOverview(moment: Moment, parts: OverviewParts): Overview {
  const { snapshot, staff } = moment;
  return {
    as_of: iso(moment.askedAt),
    ...(parts.engine.status === "down" && { stale: true as const }),
    total_queues: snapshot.queues.length,
    total_workers: staff.total.workers,
    expected_workers: moment.expected,
    jobs: totalCounts(snapshot.queues),
    rates: toRates(moment.total),
    oldest_waiting_age_s: ageSeconds(oldestWaiting(snapshot.queues), snapshot.at),
    trouble: parts.trouble,
    quiet_since: isoOrNull(moment.quietSince),
    movement: {
      failed_attempts_per_min: pair(parts.movement.failedAttemptsPerMin),
      failed_per_min: pair(parts.movement.failedPerMin),
      retried_per_min: pair(parts.movement.retriedPerMin),
    },
    latest_failures: parts.latestFailures,
    destructive_actions: parts.destructiveActions,
    engine: parts.engine,
  };
}

function pair({ now, before }: NowAndBefore): NowAndBefore {
  return { now: rounded(now), before: rounded(before) };
}
