import { downloadReply } from "../downloads/download.ts";
import type { Handlers, ReadAsk } from "../http/handlers.ts";
import { ProblemError } from "../http/problem.ts";
import { sendJobs } from "../jobs/export/export-jobs.ts";
import { JOB_FORMATS } from "../jobs/export/job-file.ts";
import { walkJobs } from "../jobs/export/walk.ts";
import { historyFile } from "../metrics/index.ts";
import { knownWorkers } from "./known-workers.ts";
import type { Room } from "./room.ts";

/** What is read elsewhere, as files to take along. */
export function exportRoutes(room: Room): Pick<Handlers, "exportJobs" | "exportHistory"> {
  const { sampler, clock } = room;
  return {
    exportJobs: (ask) => exportJobs(room, ask),
    exportHistory({ query: { format, ...query } }) {
      const file = historyFile(sampler.history(query), {
        format,
        queue: query.queue ?? null,
        now: clock.now(),
      });
      return downloadReply(file, ["metrics", query.queue ?? "all"], clock.now());
    },
  };
}

async function exportJobs(
  room: Room,
  { params, query, actor, c, licence, release }: ReadAsk<"exportJobs">,
): Promise<Response> {
  const { authenticator, clock, limiter, log, peerAddress } = room;
  const { format: name, limit, reason: _, incident: _incident, ...which } = query;
  const { queue } = params;
  const format = JOB_FORMATS[name];
  const address = peerAddress(c.env);
  const stop = new AbortController();
  const gone = c.req.raw.signal;
  const signal = AbortSignal.any([gone, stop.signal]);
  const asked = { request: c.req.raw, bindings: c.env };
  const lock = (why: string): void => stop.abort(new ProblemError("unauthenticated", why));
  const forget = authenticator.whenEnded?.(actor, lock, asked);
  const ended = (): void => {
    release();
    forget?.();
  };
  try {
    const walk = walkJobs({ ...room, workers: knownWorkers(room) }, { queue, which, limit, signal });
    const takeTurn = () => limiter.takeTurn("exportJobs", actor, address, signal);
    const body = await sendJobs(walk, { log, format, licence, takeTurn, ended, stop, gone });
    return downloadReply({ ...format, body }, ["jobs", queue], clock.now());
  } catch (error) {
    ended();
    throw error;
  }
}
