import type { History, HistoryExported, Sample } from "@spillway/contract/schemas";
import { type Columns, csvHead, csvRow, csvWords } from "../downloads/csv.ts";
import { CSV, NDJSON } from "../downloads/download.ts";
import { inPieces } from "../downloads/in-pieces.ts";
import { ofRows, whereCut } from "../downloads/of-rows.ts";
import type { Making } from "../downloads/send-file.ts";

/** A cell that is empty was not known; a tick that failed is one of empty cells. */
const COLUMNS: Columns<Sample> = [
  ["timestamp", (tick) => tick.timestamp],
  ["gap", (tick) => String(tick.gap)],
  ["waiting", (tick) => tick.waiting],
  ["active", (tick) => tick.active],
  ["delayed", (tick) => tick.delayed],
  ["blocked", (tick) => tick.blocked],
  ["completed", (tick) => tick.completed],
  ["failed", (tick) => tick.failed],
  ["total_queues", (tick) => tick.total_queues],
  ["total_workers", (tick) => tick.total_workers],
  ["enqueued_per_min", (tick) => tick.enqueued],
  ["started_per_min", (tick) => tick.started],
  ["throughput_per_min", (tick) => tick.throughput],
  ["failed_attempts_per_min", (tick) => tick.failed_attempts],
  ["failures_per_min", (tick) => tick.failures],
  ["retries_per_min", (tick) => tick.retries],
  ["avg_duration_ms", (tick) => tick.avg_duration_ms],
  ["p95_duration_ms", (tick) => tick.p95_duration_ms],
  ["oldest_waiting_age_s", (tick) => tick.oldest_waiting_age_s],
];

interface Taken {
  format: "csv" | "ndjson";
  /** Null: all together. */
  queue: string | null;
  /** Epoch ms. */
  now: number;
}

/** Samples as a file, oldest first; NDJSON says in its last line what it holds. */
export function historyFile(
  { history, step_s, retention_s, gaps }: History,
  { format, queue, now }: Taken,
): Making {
  if (format === "csv")
    return ofRows(
      CSV,
      inPieces(history, (some, from) =>
        [from === 0 ? csvHead(COLUMNS) : "", ...some.map((tick) => csvRow(COLUMNS, tick))].join(""),
      ),
      whereCut((words) => csvWords(COLUMNS, words)),
    );
  const said = (stopped: string | null, samples: number): HistoryExported => ({
    queue,
    exported_at: new Date(now).toISOString(),
    samples,
    step_s,
    retention_s,
    gaps,
    complete: stopped === null,
    stopped,
  });
  return ofRows(
    NDJSON,
    inPieces(history, (some) => some.map(lineOf).join("")),
    (stopped, samples) => lineOf({ export: said(stopped, samples) }),
  );
}

const lineOf = (value: object): string => `${JSON.stringify(value)}\n`;
