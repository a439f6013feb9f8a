import type { Overview } from "@spillway/contract/schemas";
import { formatAge, formatCount, formatRate } from "../../lib/format.ts";
import { Stat, StatLine } from "../../ui/stat.tsx";

/** The five figures of a health check: workers, waiting, active, failing, oldest wait. */
export function FleetStats({ overview }: { overview: Overview }) {
  const { jobs, rates, movement, total_workers: workers, expected_workers: expected } = overview;
  const missing = workers === null || expected === null ? 0 : expected.value - workers;
  const change =
    rates.enqueued_per_min === null || rates.started_per_min === null
      ? null
      : rates.enqueued_per_min - rates.started_per_min;
  const failing = movement.failed_attempts_per_min;
  const spike = overview.trouble.some((one) => one.code === "failure_spike");
  const worse =
    failing.now !== null && failing.before !== null && failing.now > failing.before * 1.5 && failing.now >= 1;
  return (
    <StatLine>
      <Stat
        label="Workers"
        value={formatCount(workers)}
        {...(expected === null ? {} : { unit: `of ${formatCount(expected.value)}` })}
        note={
          missing > 0
            ? `${missing} missing`
            : expected === null
              ? "no usual number known yet"
              : expected.source === "learned"
                ? "as usual"
                : "all there"
        }
        tone={missing > 0 ? "bad" : "plain"}
      />
      <Stat
        label="Waiting"
        value={formatCount(jobs.waiting)}
        note={change === null ? "not measured yet" : changeWords(change)}
      />
      <Stat
        label="Active"
        value={formatCount(jobs.active)}
        note={`${formatRate(rates.completed_per_min)} completed/min`}
      />
      <Stat
        label="Failing"
        value={formatRate(failing.now)}
        unit="per min"
        note={failing.before === null ? "nothing to compare with yet" : `was ${formatRate(failing.before)}`}
        tone={worse || spike ? "bad" : "plain"}
      />
      <Stat
        label="Retried"
        value={formatRate(movement.retried_per_min.now)}
        unit="per min"
        note={
          movement.retried_per_min.before === null
            ? undefined
            : `was ${formatRate(movement.retried_per_min.before)}`
        }
      />
      <Stat
        label="Oldest wait"
        value={formatAge(overview.oldest_waiting_age_s)}
        note={`${formatCount(jobs.failed)} failed kept`}
      />
    </StatLine>
  );
}

const changeWords = (change: number) =>
  Math.abs(change) < 1
    ? "steady"
    : change > 0
      ? `${formatRate(change)}/min more come than start`
      : `shrinks by ${formatRate(-change)}/min`;
