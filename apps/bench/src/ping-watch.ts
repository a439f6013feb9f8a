import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

export interface Waits {
  pings: number;
  p50: number;
  p99: number;
  worst: number;
}

export interface PingWatch extends AsyncDisposable {
  /** How long pings waited since it was asked last, ms. */
  waits(): Promise<Waits>;
}

/** Starts another client that pings Redis all the time. */
export async function watchPings(redisUrl: string): Promise<PingWatch> {
  const child = fork(join(import.meta.dirname, "ping-process.ts"), [redisUrl], { execArgv: [] });
  const exited = once(child, "exit");
  await once(child, "message");
  return {
    async waits() {
      const answer = once(child, "message");
      child.send("waits");
      const [waits]: number[][] = await answer;
      return summaryOf(waits ?? []);
    },
    async [Symbol.asyncDispose]() {
      child.kill();
      await exited;
    },
  };
}

function summaryOf(waits: readonly number[]): Waits {
  const sorted = waits.toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;
  return { pings: sorted.length, p50: at(0.5), p99: at(0.99), worst: at(1) };
}
