import {
  checkManyCall,
  EngineError,
  type EngineErrorCode,
  type JobEffect,
  type JobTarget,
  type ManyAction,
  type ManyOptions,
  type TargetResult,
} from "@spillway/engine";
import { refKey } from "./job.ts";
import type { QueueStore } from "./queue-store.ts";
import type { World } from "./world.ts";
import { cancelJob, holdJob, promoteJob, removeJob, retryJob } from "./writes.ts";

/** Acts on all of them in this very turn; only the answer waits, for workers that were asked to stop. */
export async function actOnJobs(
  world: World,
  queue: string,
  action: ManyAction,
  targets: readonly JobTarget[],
  options: ManyOptions,
): Promise<TargetResult[]> {
  const store = world.store(queue);
  checkManyCall(action, targets, options);
  const receipt = refKey({ queue, id: options.receipt });
  const results = await world.receipts.once(receipt, world.agenda.now(), targets.length, () => {
    const named = new Set<string>();
    return Promise.all(
      targets.map(async (target) => {
        if (named.has(target.id)) return alreadyNamed(store, target.id);
        named.add(target.id);
        return actOn(world, queue, action, target, options);
      }),
    );
  });
  return results.map((result) => ({ ...result }));
}

function alreadyNamed(store: QueueStore, id: string): TargetResult {
  const job = store.find(id);
  return notDone(id, job ? "conflict" : "gone", job, "The job was already named in this call.");
}

async function actOn(
  world: World,
  queue: string,
  action: ManyAction,
  target: JobTarget,
  options: ManyOptions,
): Promise<TargetResult> {
  const { id } = target;
  try {
    const { stopped, ...effect } = await write(world, queue, action, target, options);
    if (stopped !== false) return { id, outcome: "done", ...effect, message: null };
    const sentence =
      "Its worker was asked to stop, but the job still runs; it ends as cancelled if its run fails.";
    return notDone(id, "refused", effect, sentence);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return notDone(id, outcomeOf(error.code), error.current, error.message);
  }
}

function write(
  world: World,
  queue: string,
  action: ManyAction,
  { id, expectVersion }: JobTarget,
  { resetAttempts = false, hold }: ManyOptions,
): (JobEffect & { stopped?: boolean }) | Promise<JobEffect & { stopped?: boolean }> {
  const expected = expectVersion === undefined ? {} : { expectVersion };
  switch (action) {
    case "retry":
      return retryJob(world, queue, id, { ...expected, resetAttempts });
    case "cancel":
      return cancelJob(world, queue, id, expected);
    case "promote":
      return promoteJob(world, queue, id, expected);
    case "remove":
      return hold ? holdJob(world, queue, id, hold, expected) : removeJob(world, queue, id, expected);
  }
}

type NotDone = Exclude<TargetResult["outcome"], "done">;

function outcomeOf(code: EngineErrorCode): NotDone {
  if (code === "job_not_found") return "gone";
  return code === "conflict" || code === "unsupported" ? code : "refused";
}

function notDone(
  id: string,
  outcome: NotDone,
  now: Pick<TargetResult, "state" | "version"> | undefined,
  message: string,
): TargetResult {
  return { id, outcome, state: now?.state ?? null, version: now?.version ?? null, message };
}
