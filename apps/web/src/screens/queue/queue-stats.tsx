import type { QueueDetail } from "@spillway/contract/schemas";
import { BacklogTrend, etaWords } from "../../features/queues/backlog-words.tsx";
import { failsBadly } from "../../features/queues/failing.ts";
import { formatAge, formatCount, formatRate } from "../../lib/format.ts";
import { Stat, StatLine } from "../../ui/stat.tsx";

export function QueueStats({ queue }: { queue: QueueDetail }) {
  const { counts, rates, backlog, workers, expected_workers: expected } = queue;
  const short = workers !== null && expected !== null && workers < expected.value;
  return (
    <StatLine>
      <Stat
        label="Waiting"
        value={formatCount(counts.waiting)}
        tone={backlog.direction === "growing" ? "bad" : "plain"}
        note={<BacklogTrend backlog={backlog} />}
      />
      <Stat label="Oldest wait" value={formatAge(backlog.oldest_waiting_age_s)} note={etaWords(backlog)} />
      <Stat
        label="Active"
        value={formatCount(counts.active)}
        note={`${formatRate(rates.started_per_min)} started/min`}
      />
      <Stat
        label="Failing"
        value={formatRate(rates.failed_attempts_per_min)}
        unit="per min"
        note={`${formatRate(rates.failed_per_min)}/min for good`}
        tone={failsBadly(queue) ? "bad" : "plain"}
      />
      <Stat
        label="Completed"
        value={formatRate(rates.completed_per_min)}
        unit="per min"
        note={`${formatRate(rates.enqueued_per_min)}/min come in`}
      />
      <Stat
        label="Delayed"
        value={formatCount(counts.delayed)}
        note={counts.blocked > 0 ? `${formatCount(counts.blocked)} wait for children` : undefined}
      />
      <Stat
        label="Workers"
        value={formatCount(workers)}
        {...(expected === null ? {} : { unit: `of ${formatCount(expected.value)}` })}
        note={short ? `${expected.value - workers} missing` : undefined}
        tip={expected?.text}
        tone={short ? "bad" : "plain"}
      />
    </StatLine>
  );
}
