import { describe } from "vitest";
import { describeBadInput } from "./bad-input.ts";
import { behaviourOf } from "./behaviour.ts";
import { describeEvents } from "./events.ts";
import type { MakeHarness } from "./harness.ts";
import { describeHolds } from "./holds.ts";
import { describeEndOfHolds } from "./holds-end.ts";
import { describeJobWrites } from "./job-writes.ts";
import { describeLists } from "./lists.ts";
import { describeManyJobs } from "./many-jobs.ts";
import { describeManyVersions } from "./many-versions.ts";
import { describeQueueWrites } from "./queue-writes.ts";
import { describeReads } from "./reads.ts";
import { describeReceipts } from "./receipts.ts";
import { describeScans } from "./scans.ts";
import { describeSchedules } from "./schedules.ts";
import { describeSnapshot } from "./snapshot.ts";
import { describeWorkers } from "./workers.ts";

export type { Harness, HarnessJob, HarnessSchedule, HarnessWorker, MakeHarness } from "./harness.ts";
export { createTasks, type TaskContext, type Tasks } from "./tasks.ts";

/** Every sentence of the port, shown on the real thing. An adapter's test is a harness and this call. */
export function describeQueueEngine(name: string, makeHarness: MakeHarness): void {
  const behaviour = behaviourOf(makeHarness);
  describe(`${name} as a queue engine`, () => {
    describeReads(behaviour);
    describeLists(behaviour);
    describeScans(behaviour);
    describeJobWrites(behaviour);
    describeManyJobs(behaviour);
    describeManyVersions(behaviour);
    describeReceipts(behaviour);
    describeQueueWrites(behaviour);
    describeHolds(behaviour);
    describeEndOfHolds(behaviour);
    describeWorkers(behaviour);
    describeSchedules(behaviour);
    describeSnapshot(behaviour);
    describeEvents(behaviour);
    describeBadInput(behaviour);
  });
}
