import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { summaryOf, type Waits } from "./waits.ts";

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
