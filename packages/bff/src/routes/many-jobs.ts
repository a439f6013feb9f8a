import type { Handlers } from "../http/handlers.ts";
import { bulkCommand, cleanCommand, drainCommand, redriveCommand, toSelection } from "../operations/index.ts";
import type { Room } from "./room.ts";

type Names = "previewSelection" | "getSelection" | "bulkJobs" | "redriveJobs" | "drainQueue" | "cleanQueue";

/** Choosing many jobs, and acting on them. */
export function manyJobsRoutes(room: Room): Pick<Handlers, Names> {
  const { selections } = room;
  return {
    previewSelection: async ({ params: { queue }, body: { action, selection } }) =>
      toSelection(room, await selections.preview({ queue, action, input: selection })),
    getSelection: async ({ params }) => toSelection(room, await selections.goOn(params.token)),
    bulkJobs: ({ params: { queue }, body, actor }) =>
      bulkCommand(room, {
        queue,
        action: body.action,
        selection: body.selection,
        startsAt: body.starts_at ?? null,
        ratePerS: body.rate_per_s ?? null,
        resetAttempts: body.reset_attempts,
        actor: actor.name,
      }),
    redriveJobs: ({ params: { queue }, body, actor }) =>
      redriveCommand(room, {
        queue,
        selection: body.selection,
        phases: body.phases,
        gate: body.gate,
        startsAt: body.starts_at ?? null,
        ratePerS: body.rate_per_s ?? null,
        resetAttempts: body.reset_attempts,
        actor: actor.name,
      }),
    drainQueue: ({ params: { queue }, body, actor }) =>
      drainCommand(room, { queue, includeDelayed: body.include_delayed, actor: actor.name }),
    cleanQueue: ({ params: { queue }, body: { state, older_than_s, limit }, actor }) =>
      cleanCommand(room, { queue, state, olderThanS: older_than_s, limit, actor: actor.name }),
  };
}
