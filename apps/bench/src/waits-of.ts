import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { summaryOf, type Waits } from "./waits.ts";

/** A process that asks somebody all the time, until it is disposed of. */
export interface WaitsOf extends AsyncDisposable {
  /** How long its answers took since it was asked last. */
  waits(): Promise<Waits>;
}

/** Starts a script of this folder that says when it is ready, and tells how long it waited whenever it is sent something. */
export async function startWaits(script: string, args: readonly string[]): Promise<WaitsOf> {
  const child = fork(join(import.meta.dirname, script), args, { execArgv: [] });
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
