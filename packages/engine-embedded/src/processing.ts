import { type Job, LOG_LINES_KEPT } from "./job.ts";
import { endRun } from "./outcomes.ts";
import { type JobContext, type Plan, type Processor, type Run, toJobError } from "./run.ts";
import { loseWorker } from "./workers.ts";
import type { World } from "./world.ts";

/** Sets a run going: by the worker's processor, or by its simulation; a worker with neither hangs. */
export function beginRun(world: World, run: Run): void {
  const { process, simulate } = run.worker;
  if (simulate) followPlan(world, run, simulate(run.job, run.worker));
  else if (process) void runProcessor(world, run, process);
}

function context(world: World, run: Run, signal: AbortSignal): JobContext {
  const { job } = run;
  return {
    id: job.id,
    queue: job.queue,
    task: job.task,
    payload: job.payload,
    attempt: job.attemptsMade + 1,
    signal,
    log: (text) => {
      if (job.run === run) log(job, world.agenda.now(), text);
    },
    progress: (value) => {
      if (job.run === run) job.progress = typeof value === "number" ? value : (JSON.stringify(value) ?? null);
    },
  };
}

async function runProcessor(world: World, run: Run, process: Processor): Promise<void> {
  const abort = new AbortController();
  run.onCancel = (reason) => abort.abort(reason);
  await Promise.resolve();
  try {
    const value = await process(context(world, run, abort.signal));
    endRun(world, run, {
      type: "completed",
      result: value === undefined ? null : (JSON.stringify(value) ?? null),
    });
  } catch (thrown) {
    const error = toJobError(thrown);
    endRun(world, run, { type: "failed", error, unrecoverable: error.name === "UnrecoverableError" });
  }
}

function log(job: Job, at: number, text: string): void {
  job.logs.push({ at, text });
  if (job.logs.length > LOG_LINES_KEPT) job.logs.shift();
}

/** Progress is told at these parts of a simulated run. */
const PROGRESS_PARTS = [0.1, 0.25, 0.5, 0.75, 0.9];

function followPlan(world: World, run: Run, plan: Plan): void {
  const { job } = run;
  if (!plan.deaf)
    run.onCancel = (reason) => endRun(world, run, { type: "failed", error: toJobError(reason) });
  if (!Number.isFinite(plan.ms)) return;
  const during = (part: number, act: (at: number) => void): void => {
    world.agenda.after(plan.ms * part, () => {
      if (job.run === run && run.worker.lostAt === null) act(world.agenda.now());
    });
  };
  for (const line of plan.logs ?? []) during(line.part, (at) => log(job, at, line.text));
  if (plan.progress) {
    for (const part of PROGRESS_PARTS)
      during(part, () => {
        job.progress = part * 100;
      });
  }
  during(1, () => finish(world, run, plan));
}

function finish(world: World, run: Run, plan: Plan): void {
  if (plan.crash) loseWorker(world, run.worker);
  else if (plan.error)
    endRun(world, run, { type: "failed", error: plan.error, unrecoverable: plan.unrecoverable ?? false });
  else
    endRun(world, run, {
      type: "completed",
      result: plan.result === undefined ? null : JSON.stringify(plan.result),
    });
}
