import type { Before, Overview } from "@spillway/contract/schemas";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { BacklogTrend, etaWords } from "../../features/queues/backlog-words.tsx";
import { formatAge, formatCount, formatRate } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { Stat, StatLine } from "../../ui/stat.tsx";
import { missingWorkers } from "./calm-words.ts";
import type { Movement } from "./movement.ts";

interface FleetStatsProps {
  overview: Overview;
  movement: Movement;
  /** What was before the chosen moment, where one is chosen. */
  before: Before | null;
}

/** The figures of a health check: workers, waiting, active, failing, retried, oldest wait. Colour only where something is wrong. */
export function FleetStats({ overview, movement, before }: FleetStatsProps) {
  const { jobs, rates, backlog } = overview;
  const { failing, retried, worse } = movement;
  const outlook = etaWords(backlog);
  return (
    <StatLine>
      <WorkerStat overview={overview} before={before?.workers} />
      <Stat
        label="Waiting"
        value={formatCount(jobs.waiting)}
        tone={backlog.direction === "growing" ? "bad" : "plain"}
        note={
          <>
            <BacklogTrend backlog={backlog} />
            {outlook === "–" || outlook === "empty" ? null : `, ${outlook}`}
            {andWas(before?.waiting)}
          </>
        }
      />
      <Stat
        label="Active"
        value={formatCount(jobs.active)}
        note={`${formatRate(rates.completed_per_min)} completed/min${andWas(before?.completed_per_min)}`}
      />
      <Stat
        label="Failing"
        value={formatRate(failing.now)}
        unit="per min"
        tone={worse ? "bad" : "plain"}
        note={beforeWords(failing.before) ?? "nothing to compare with yet"}
      />
      <Stat
        label="Retried"
        value={formatRate(retried.now)}
        unit="per min"
        note={[
          beforeWords(retried.before),
          `${formatCount(jobs.failed)} failed kept${andWas(before?.failed)}`,
        ]
          .filter((part) => part !== undefined)
          .join("; ")}
      />
      <Stat label="Oldest wait" value={formatAge(overview.oldest_waiting_age_s)} />
    </StatLine>
  );
}

const beforeWords = (before: number | null): string | undefined =>
  before === null ? undefined : `was ${formatRate(before)}`;

/** `, was 374`, where that is known. */
const andWas = (was: number | null | undefined): string =>
  was === null || was === undefined ? "" : `, was ${formatRate(was)}`;

/** `9 of 12, 3 missing`: that somebody is missing is said louder than how many are there. */
function WorkerStat({ overview, before }: { overview: Overview; before: number | null | undefined }) {
  const { total_workers: workers, expected_workers: expected } = overview;
  const missing = missingWorkers(overview);
  const usual: ReactNode =
    expected === null
      ? "usual number not known yet"
      : expected.source === "learned"
        ? "as usual"
        : "all there";
  return (
    <Stat
      label="Workers"
      value={formatCount(workers)}
      {...(expected === null ? {} : { unit: `of ${formatCount(expected.value)}` })}
      tone={missing > 0 ? "bad" : "plain"}
      tip={expected?.text}
      note={
        missing === 0 ? (
          andWas(before).slice(2) || usual
        ) : (
          <Link to={paths.workers()} className="font-semibold text-failed underline underline-offset-2">
            {formatCount(missing)} missing
          </Link>
        )
      }
    />
  );
}
