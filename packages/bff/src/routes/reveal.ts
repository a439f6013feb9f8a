import { EngineError } from "@spillway/engine";
import type { Handlers } from "../http/handlers.ts";
import type { Room } from "./room.ts";

/** Of what was shown, so many places are named on record. */
const MOST_PATHS = 50;

/** One payload with its secrets, to whoever may see them: on record with the places where they stand, never with themselves. */
export function revealRoutes({ engine, redactor }: Room): Pick<Handlers, "revealJob"> {
  return {
    revealJob: ({ params: { queue, job_id: id } }) => ({
      queue,
      jobId: id,
      keepsNoReply: true,
      async act(notes) {
        const record = await engine.job(queue, id);
        if (record === null) throw new EngineError("job_not_found", "This job is gone.");
        const { payload, payloadTruncated, state, version, task } = record;
        const paths = payload === null ? [] : redactor.redact(payload).paths;
        Object.assign(notes, { task, redacted: paths.length, paths: paths.slice(0, MOST_PATHS) });
        const job = { id, state, version };
        return { affected: 1, reply: { job, payload, payload_truncated: payloadTruncated } };
      },
    }),
  };
}
