import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { WorkerNews, WorkerPlan } from "./worker-process.ts";
import { until } from "./world.ts";

/** A worker in a process of its own, as in production: it can be killed. */
export interface WorkerProcess extends AsyncDisposable {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly news: readonly WorkerNews[];
  /** When it told this of a job last; waits for it. */
  heard(told: "started" | "signal" | "ended", jobId: string): Promise<number>;
  /** How often a job was started here. */
  starts(jobId: string): number;
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Lets it say goodbye. */
  close(): Promise<void>;
}

export async function startWorker(plan: WorkerPlan): Promise<WorkerProcess> {
  const file = fileURLToPath(new URL("./worker-process.ts", import.meta.url));
  const child = fork(file, [JSON.stringify(plan)], {
    execArgv: [],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const news: WorkerNews[] = [];
  child.on("message", (message: WorkerNews) => news.push(message));
  const ended = once(child, "exit");
  const find = (told: string, jobId: string) =>
    news.findLast((one) => one.told === told && "jobId" in one && one.jobId === jobId);
  await until(() => news.some(({ told }) => told === "ready"), "the worker process is ready");
  return {
    child,
    pid: child.pid ?? 0,
    news,
    async heard(told, jobId) {
      await until(() => find(told, jobId) !== undefined, `a worker tells that ${jobId} ${told}`);
      const found = find(told, jobId);
      return found !== undefined && "at" in found ? found.at : 0;
    },
    starts: (jobId) => news.filter((one) => one.told === "started" && one.jobId === jobId).length,
    async kill(signal) {
      child.kill(signal);
      if (signal === "SIGKILL") await ended;
    },
    async close() {
      child.send("close");
      await ended;
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGKILL");
      await ended;
    },
  };
}
