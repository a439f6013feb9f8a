import type { JobSummary, JobsExported } from "@spillway/contract/schemas";
import { type Columns, csvHead, csvRow, csvWords } from "../../downloads/csv.ts";
import { CSV, type Download, NDJSON } from "../../downloads/download.ts";
import type { Making } from "../../downloads/send-file.ts";
import type { Walk } from "./walk.ts";

const COLUMNS: Columns<JobSummary> = [
  ["id", (job) => job.id],
  ["queue", (job) => job.queue],
  ["task", (job) => job.task],
  ["state", (job) => job.state],
  ["priority", (job) => job.priority],
  ["attempts_made", (job) => job.attempts_made],
  ["max_attempts", (job) => job.max_attempts],
  ["created_at", (job) => job.created_at],
  ["waiting_since", (job) => job.waiting_since],
  ["run_at", (job) => job.run_at],
  ["started_at", (job) => job.started_at],
  ["finished_at", (job) => job.finished_at],
  ["wait_ms", (job) => job.wait_ms],
  ["run_ms", (job) => job.run_ms],
  ["worker_id", (job) => job.worker_id],
  ["progress", (job) => job.progress],
  ["error_name", (job) => job.error?.name ?? null],
  ["error_message", (job) => job.error?.message ?? null],
  ["error_shape", (job) => job.error?.shape_id ?? null],
  ["payload_bytes", (job) => job.payload_bytes],
  ["payload_preview", (job) => job.payload_preview],
  ["flags", (job) => job.flags.join(" ")],
];

/** How jobs are written into a file, piece by piece. */
export interface JobFormat extends Omit<Download, "body"> {
  head: string;
  row(job: JobSummary): string;
  /** What the file says of itself at its end. */
  tail(said: JobsExported): string;
}

export const JOB_FORMATS: Record<"csv" | "ndjson", JobFormat> = {
  csv: {
    ...CSV,
    head: csvHead(COLUMNS),
    row: (job) => csvRow(COLUMNS, job),
    tail: ({ stopped }) => (stopped === null ? "" : csvWords(COLUMNS, stopped)),
  },
  ndjson: {
    ...NDJSON,
    head: "",
    row: (job) => `${JSON.stringify(job)}\n`,
    tail: (said) => `${JSON.stringify({ export: said })}\n`,
  },
};

/**
 * Jobs as a file that is made while they are found. `takeTurn`: waits until it may look on; resolves to what to call afterwards.
 * Rejects if not even the first can be read.
 */
export async function jobFile(
  walk: Walk,
  { type, ending, head, row, tail }: JobFormat,
  takeTurn: () => Promise<() => void>,
): Promise<Making> {
  const first = await walk.more();
  async function* texts(): AsyncGenerator<string, void> {
    if (head !== "") yield head;
    for (let jobs = first; jobs !== null; jobs = await more())
      if (jobs.length > 0) yield jobs.map(row).join("");
  }
  async function more() {
    const done = await takeTurn();
    try {
      return await walk.more();
    } finally {
      done();
    }
  }
  return {
    type,
    ending,
    texts: texts(),
    end(stopped) {
      const said = walk.said(stopped);
      const { jobs, scanned, total_to_scan, complete } = said;
      return { tail: tail(said), affected: jobs, details: { scanned, total_to_scan, complete } };
    },
  };
}
