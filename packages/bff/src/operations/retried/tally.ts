import type { Operation } from "../operation.ts";
import { isRetried } from "./retried-ids.ts";
import { watchedOf } from "./watched.ts";

/** What became of the jobs of one error shape that an operation put back. */
export interface Tally {
  shapeId: string;
  jobs: number;
  completed: number;
  failedAgain: number;
  stillOpen: number;
  unknown: number;
  /** So many nobody looked at: the others stand for them. */
  notLookedAt: number;
}

/** A job whose fate is to be found out. */
export interface Open {
  position: number;
  jobId: string;
  tally: Tally;
}

/** Counts what is known, and names those of the watched whose fate is still to be looked for. */
export function tallyOf(operation: Operation): { tallies: Tally[]; open: Open[] } {
  const { jobs, order, fates, hasEnded } = operation;
  const open: Open[] = [];
  if (jobs === null || order.shapes === null) return { tallies: [], open };
  const { ids, byGroup } = order.shapes;
  const tallies = ids.map(newTally);
  const watched = watchedOf(operation);
  const { groups } = jobs;
  for (let position = 0; position < groups.length; position++) {
    const tally = tallies[byGroup[groups[position] ?? -1] ?? -1];
    if (tally === undefined || !isRetried(operation, position)) continue;
    tally.jobs++;
    const fate = fates?.get(position);
    if (fate === "completed") tally.completed++;
    else if (fate === "failed") tally.failedAgain++;
    else if (fate === "gone") tally.unknown++;
    // A redrive that goes on is told of its jobs by the engine.
    else if (order.redrive !== null && !hasEnded) tally.stillOpen++;
    else if (watched.has(position)) open.push({ position, jobId: jobs.id(position), tally });
    else tally.notLookedAt++;
  }
  return { tallies: tallies.filter((tally) => tally.jobs > 0), open };
}

function newTally(shapeId: string): Tally {
  return { shapeId, jobs: 0, completed: 0, failedAgain: 0, stillOpen: 0, unknown: 0, notLookedAt: 0 };
}
