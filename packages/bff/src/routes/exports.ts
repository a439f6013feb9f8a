import type { Handlers, ReadAsk } from "../http/handlers.ts";
import { JOB_FORMATS, jobFile } from "../jobs/export/job-file.ts";
import { walkJobs } from "../jobs/export/walk.ts";
import { historyFile } from "../metrics/index.ts";
import { knownWorkers } from "./known-workers.ts";
import type { Room } from "./room.ts";
import { sendOnRecord } from "./send-on-record.ts";

/** What is read elsewhere, as files to take along. */
export function exportRoutes(room: Room): Pick<Handlers, "exportJobs" | "exportHistory"> {
  return {
    exportJobs: (ask) => exportJobs(room, ask),
    exportHistory: (ask) => exportHistory(room, ask),
  };
}

function exportJobs(room: Room, ask: ReadAsk<"exportJobs">): Promise<Response> {
  const { format, limit, reason: _, incident: _incident, ...which } = ask.query;
  const { queue } = ask.params;
  const address = room.peerAddress(ask.c.env);
  return sendOnRecord(room, ask, ["jobs", queue], (signal) => {
    const walk = walkJobs({ ...room, workers: knownWorkers(room) }, { queue, which, limit, signal });
    const takeTurn = () => room.limiter.takeTurn("exportJobs", ask.actor, address, signal);
    return jobFile(walk, JOB_FORMATS[format], takeTurn);
  });
}

function exportHistory(room: Room, ask: ReadAsk<"exportHistory">): Promise<Response> {
  const { format, reason: _, incident: _incident, ...query } = ask.query;
  const queue = query.queue ?? null;
  return sendOnRecord(room, ask, ["metrics", queue ?? "all"], async () =>
    historyFile(room.sampler.history(query), { format, queue, now: room.clock.now() }),
  );
}
