import type { AuditRecord, JobDetail, JobList } from "@spillway/contract/schemas";
import { LOOKS } from "@spillway/contract/table";
import { matching } from "../audit/index.ts";
import type { Handlers } from "../http/handlers.ts";
import { ProblemError } from "../http/problem.ts";
import { isPlain, type ListQuery } from "../jobs/search/filter.ts";
import { searchJobs } from "../jobs/search/search-jobs.ts";
import { iso, isoOrNull } from "../metrics/wire-time.ts";
import { knownWorkers } from "./known-workers.ts";
import type { Room } from "./room.ts";

export function jobRoutes(room: Room): Pick<Handlers, "listJobs" | "getJob" | "getJobLogs" | "findJob"> {
  const { engine, clock, views, redactor } = room;
  return {
    listJobs: ({ params, query, c }) => listJobs(room, params.queue, query, c.req.raw.signal),

    async getJob({ params: { queue, job_id: id }, c }) {
      const record = await engine.job(queue, id, { signal: c.req.raw.signal });
      const acts = await actsOn(room, queue, id);
      if (record === null) throw gone(room, queue, id, acts);
      // That somebody looked is no step of its story; its audit tells.
      return views.detail(record, acts.filter(({ action }) => !LOOKS.includes(action)).map(toEntry));
    },

    async getJobLogs({ params: { queue, job_id: id }, query: { page, size } }) {
      const askedAt = clock.now();
      const { rows, total } = await engine.jobLogs(queue, id, { offset: (page - 1) * size, limit: size });
      const items = rows.map(({ at, text }) => ({ at: isoOrNull(at), text: redactor.text(text) }));
      return { kind: "page", items, page, size, total, as_of: iso(askedAt) };
    },

    async findJob({ query }) {
      const { rows, queues, complete } = await engine.findJob(query.job_id);
      return { items: rows.map((row) => views.summary(row)), queues_searched: queues, complete };
    },
  };
}

async function listJobs(room: Room, queue: string, query: ListQuery, signal: AbortSignal): Promise<JobList> {
  const { engine, clock, views } = room;
  if (!isPlain(query)) return searchJobs({ ...room, workers: knownWorkers(room) }, queue, query, signal);
  const { state, sort: order, page, size } = query;
  const askedAt = clock.now();
  const offset = (page - 1) * size;
  const { rows, total } = await engine.listJobs(queue, state, { order, offset, limit: size, signal });
  return {
    kind: "page",
    items: rows.map((row) => views.summary(row)),
    page,
    size,
    total,
    as_of: iso(askedAt),
  };
}

/** What people did to a job, alone or among many, oldest first. */
async function actsOn({ audit, operations }: Room, queue: string, id: string): Promise<AuditRecord[]> {
  return matching(audit.records(), { queue, job_id: id, operations: await operations.touching(id, queue) });
}

/** A 404 that tells what last became of the job, as far as anyone here saw it. */
function gone({ fates }: Room, queue: string, id: string, acts: readonly AuditRecord[]): ProblemError {
  const act = acts.findLast(
    (one) => one.status === "success" && one.action.startsWith("job.") && !LOOKS.includes(one.action),
  );
  const seen = fates.lastKnown(queue, id);
  const acted = act && { event: `${act.action} by ${act.actor.name}`, at: act.completed_at ?? act.timestamp };
  const isNewer = seen !== null && (acted === undefined || seen.at > acted.at);
  // What the engine told of a removal is our own act, which says more.
  const lastKnown = isNewer && !(seen.event === "removed" && act?.action === "job.remove") ? seen : acted;
  const detail = `There is no job ${JSON.stringify(id)} in ${JSON.stringify(queue)}.`;
  return new ProblemError("not_found", detail, lastKnown ? { last_known: lastKnown } : {});
}

/** For a job's timeline. What was done to many jobs is told at the time it began. */
function toEntry(record: AuditRecord): JobDetail["timeline"][number] {
  const { actor, status, error, reason, job_id, requested } = record;
  const others =
    job_id === null && requested !== null ? `one of ${requested.toLocaleString("en-US")} jobs` : null;
  const parts = [actor.name, others, status === "success" ? null : status, error?.message ?? null, reason];
  return {
    at: record.timestamp,
    event: record.action,
    source: "audit",
    worker_id: null,
    detail: parts.filter((part) => part !== null).join(": "),
  };
}
