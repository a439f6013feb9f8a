import type {
  AuditRecord,
  Before,
  EngineStatus,
  JobSummary,
  Movement,
  Overview,
  Trouble,
} from "@spillway/contract/schemas";
import type { Moment } from "../moment.ts";
import { oldestWaiting, totalCounts } from "../record-rows.ts";
import { ageSeconds, iso, isoOrNull } from "../wire-time.ts";
import { toBacklogTrend } from "./queue.ts";
import { toRates } from "./rates.ts";

export interface OverviewParts {
  trouble: Trouble[];
  movement: Movement;
  latestFailures: JobSummary[];
  destructiveActions: AuditRecord[];
  engine: EngineStatus;
  before: Before | undefined;
  yesterday: Before | null;
}

export function toOverview(moment: Moment, parts: OverviewParts): Overview {
  const { snapshot, staff } = moment;
  const jobs = totalCounts(snapshot.queues);
  const oldestAge = ageSeconds(oldestWaiting(snapshot.queues), snapshot.at);
  return {
    as_of: iso(moment.askedAt),
    ...(parts.engine.status === "down" && { stale: true as const }),
    total_queues: snapshot.queues.length,
    total_workers: staff.total.workers,
    expected_workers: moment.expected,
    jobs,
    rates: toRates(moment.total),
    oldest_waiting_age_s: oldestAge,
    backlog: {
      ...toBacklogTrend(moment.trend),
      size: jobs.waiting,
      oldest_waiting_age_s: oldestAge,
      // Why it grows is a matter of each queue.
      cause: null,
      cause_text: null,
    },
    trouble: parts.trouble,
    quiet_since: isoOrNull(moment.quietSince),
    movement: parts.movement,
    latest_failures: parts.latestFailures,
    destructive_actions: parts.destructiveActions,
    engine: parts.engine,
    yesterday: parts.yesterday,
    ...(parts.before && { before: parts.before, workers_lost: lostSince(moment, parts.before.since) }),
  };
}

function lostSince({ workers }: Moment, since: string): number {
  return workers.filter(({ health, endedAt }) => health === "lost" && (endedAt ?? 0) >= Date.parse(since))
    .length;
}
