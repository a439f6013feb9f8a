import type { JobActionName } from "@spillway/contract/schemas";
import type { JobState, ManyAction } from "@spillway/engine";
import { invalid } from "../../http/problem.ts";

/** In which states a job can be acted on so, and in words. */
const FITS: Record<JobActionName, { states: readonly JobState[]; only: string; many: ManyAction }> = {
  "job.retry": { states: ["failed"], only: "Only failed jobs can be retried.", many: "retry" },
  "job.promote": { states: ["delayed"], only: "Only delayed jobs can be run now.", many: "promote" },
  "job.cancel": {
    states: ["waiting", "active", "delayed", "blocked"],
    only: "Only jobs that run or will run can be cancelled.",
    many: "cancel",
  },
  "job.remove": {
    states: ["waiting", "delayed", "blocked", "completed", "failed"],
    only: "Jobs that run can't be removed: cancel them first.",
    many: "remove",
  },
};

/** Throws `invalid_request` if no job of this state can be acted on so. */
export function checkFits(action: JobActionName, state: JobState): void {
  if (!FITS[action].states.includes(state)) throw invalid("selection.filter.state", FITS[action].only);
}

/** What the engine calls it. */
export function manyAction(action: JobActionName): ManyAction {
  return FITS[action].many;
}
