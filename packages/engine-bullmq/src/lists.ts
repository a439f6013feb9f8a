import type { FoundJobs, JobRow, JobState, ListOptions, Slice } from "@spillway/engine";
import { type EngineParts, readQueue } from "./engine-parts.ts";
import { jobRow } from "./job-row.ts";
import { baseOf } from "./keys.ts";
import { rawJob } from "./raw-job.ts";
import { list, number } from "./reply.ts";
import { runScript, runScripts, type ScriptCall } from "./run-script.ts";
import { JOBS_BY_ID } from "./scripts/jobs-by-id.ts";
import { LIST_JOBS } from "./scripts/list-jobs.ts";

/** Ids in one script: bounds how long it keeps Redis. */
const IDS_PER_SCRIPT = 200;

/** One page of one state, in one round trip. */
export async function listJobs(
  parts: EngineParts,
  queue: string,
  state: JobState,
  options: ListOptions,
): Promise<Slice<JobRow>> {
  const { order = "newest", offset, limit, signal } = options;
  const reply = await readQueue(parts, queue, signal, (redis) =>
    runScript(redis, LIST_JOBS, [baseOf(parts.prefix, queue)], [state, order, offset, limit]),
  );
  const [total, rows] = list(reply);
  return { total: number(total) ?? 0, rows: rowsOf(parts, queue, rows) };
}

export async function jobsById(
  parts: EngineParts,
  queue: string,
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<JobRow[]> {
  const base = baseOf(parts.prefix, queue);
  const calls: ScriptCall[] = [];
  for (let i = 0; i < ids.length; i += IDS_PER_SCRIPT) {
    calls.push({ keys: [base], args: ids.slice(i, i + IDS_PER_SCRIPT) });
  }
  const { replies } = await readQueue(parts, queue, signal, (redis) => runScripts(redis, JOBS_BY_ID, calls));
  return replies.flatMap((reply) => rowsOf(parts, queue, reply));
}

/** Asks every queue, in one round trip; as long as not all are found, those that are. */
export async function findJob(parts: EngineParts, jobId: string, signal?: AbortSignal): Promise<FoundJobs> {
  const names = await foundSoFar(parts, signal);
  const calls = names.map((queue) => ({ keys: [baseOf(parts.prefix, queue)], args: [jobId] }));
  const { replies } = await parts.connection.read((redis) => runScripts(redis, JOBS_BY_ID, calls), signal);
  const rows = replies.flatMap((reply, i) => rowsOf(parts, names[i] ?? "", reply));
  return { rows, queues: names.length, complete: parts.discovery.known().complete };
}

async function foundSoFar({ discovery }: EngineParts, signal?: AbortSignal): Promise<readonly string[]> {
  try {
    return await discovery.names(signal);
  } catch (error) {
    const { names } = discovery.known();
    if (names.length === 0 || signal?.aborted) throw error;
    return names;
  }
}

export function rowsOf(parts: EngineParts, queue: string, reply: unknown): JobRow[] {
  return list(reply).map((raw) => jobRow(queue, rawJob(raw), parts));
}
