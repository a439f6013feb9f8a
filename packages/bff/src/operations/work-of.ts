import type { Work } from "./ground.ts";
import { workDrain } from "./held/drain.ts";
import { workPurge, workRestore } from "./held/empty-hold.ts";
import type { Operation } from "./operation.ts";
import { workRedrive } from "./redrive/work-redrive.ts";
import { workBulk } from "./run/work-bulk.ts";
import { whenDue } from "./starts-at.ts";

/** The work that an operation is at, be it begun now or by an earlier process. */
export function workOf(operation: Operation): Work {
  return operation.isScheduled ? whenDue(workNow(operation)) : workNow(operation);
}

function workNow({ standing: { activity }, order, jobs }: Operation): Work {
  if (activity === "restore") return workRestore;
  if (activity === "purge") return workPurge;
  if (order.redrive !== null) return workRedrive;
  return jobs === null ? workDrain : workBulk;
}
