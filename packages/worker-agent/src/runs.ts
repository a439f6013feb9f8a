import { Cancelled, isMove } from "./cancelled.ts";
import type { CancelAnswer, CancelRequest, RunReport } from "./protocol.ts";
import { type AttachableWorker, isObject, property } from "./worker.ts";

/** One execution of a processor. */
interface Run extends RunReport {
  token: string;
  attempt: number;
  /** Null if the processor takes no signal. */
  controller: AbortController | null;
  cancelled: Cancelled | null;
  requests: string[];
}

export interface Runs {
  /** False where this version of BullMQ has no such place: then no run is seen and none can be cancelled. */
  readonly seen: boolean;
  readonly size: number;
  report(): RunReport[];
  /** Fires the signal of exactly the run that is meant. */
  cancel(requestId: string, request: CancelRequest): CancelAnswer;
  restore(): void;
}

interface Listener {
  /** A run began or ended. */
  changed(): void;
  answered(requestId: string, answer: CancelAnswer): void;
}

const MOST_REPORTED = 200;
const LONGEST_TASK = 200;

/**
 * Stands between a worker and its processor: only there is known which runs are under way, and only there can be seen
 * to it that a run which was told to stop ends as cancelled whatever it throws. BullMQ alone would run a job again whose
 * processor turned the signal into an AbortError of its own.
 */
export function watchRuns(worker: AttachableWorker, listener: Listener): Runs {
  const runs = new Set<Run>();
  const original = property(worker, "callProcessJob");
  if (typeof original !== "function") return BLIND;

  function end(run: Run, answer: CancelAnswer): void {
    runs.delete(run);
    for (const id of run.requests) listener.answered(id, answer);
    listener.changed();
  }

  const tracked = async (job: unknown, token: unknown, signal: unknown): Promise<unknown> => {
    const run = runOf(job, token, signal);
    runs.add(run);
    listener.changed();
    let result: unknown;
    try {
      result = await Reflect.apply(original, worker, [job, token, run.controller?.signal]);
    } catch (error) {
      const stopped = run.cancelled !== null && !isMove(error);
      end(run, stopped ? "stopped" : "moved");
      throw stopped ? run.cancelled?.at(error) : error;
    }
    end(run, "finished");
    return result;
  };

  Reflect.set(worker, "callProcessJob", tracked);
  return {
    seen: true,
    get size() {
      return runs.size;
    },
    report: () =>
      [...runs].slice(0, MOST_REPORTED).map(({ id, task, startedAt }) => ({ id, task, startedAt })),
    cancel(requestId, { jobId, token, attempt, reason }) {
      const run = [...runs].find((one) => one.id === jobId && one.token === token && one.attempt === attempt);
      if (run === undefined) return "not_here";
      if (run.controller === null) return "deaf";
      run.requests.push(requestId);
      if (run.cancelled === null) {
        run.cancelled = new Cancelled(reason);
        run.controller.abort(run.cancelled);
      }
      return "asked";
    },
    restore() {
      if (property(worker, "callProcessJob") === tracked) Reflect.deleteProperty(worker, "callProcessJob");
    },
  };
}

const BLIND: Runs = { seen: false, size: 0, report: () => [], cancel: () => "not_here", restore: () => {} };

function runOf(job: unknown, token: unknown, signal: unknown): Run {
  const get = (name: string): unknown => (isObject(job) ? property(job, name) : undefined);
  const [id, task, attempt, startedAt] = [get("id"), get("name"), get("attemptsStarted"), get("processedOn")];
  return {
    id: typeof id === "string" ? id : "",
    task: typeof task === "string" ? task.slice(0, LONGEST_TASK) : null,
    startedAt: typeof startedAt === "number" ? startedAt : null,
    token: typeof token === "string" ? token : "",
    attempt: typeof attempt === "number" ? attempt : 0,
    controller: signal instanceof AbortSignal ? controllerBehind(signal) : null,
    cancelled: null,
    requests: [],
  };
}

/** Aborts with BullMQ's own signal too, for its reason. */
function controllerBehind(signal: AbortSignal): AbortController {
  const controller = new AbortController();
  const pass = () => controller.abort(signal.reason);
  if (signal.aborted) pass();
  else signal.addEventListener("abort", pass, { once: true });
  return controller;
}
