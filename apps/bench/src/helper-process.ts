import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** A process beside the one that measures. */
export interface HelperProcess<Answer> extends AsyncDisposable {
  /** What it tells now; undefined if that is nothing. */
  ask(): Promise<Answer | undefined>;
}

/** Starts a script of this folder that says when it is ready, and tells what it knows whenever it is sent something. */
export async function startHelper<Answer>(
  script: string,
  args: readonly string[],
): Promise<HelperProcess<Answer>> {
  const child = fork(join(import.meta.dirname, script), args, { execArgv: [] });
  const exited = once(child, "exit");
  await once(child, "message");
  return {
    async ask() {
      const answer = once(child, "message");
      child.send("tell");
      const [told]: Answer[] = await answer;
      return told;
    },
    async [Symbol.asyncDispose]() {
      child.kill();
      await exited;
    },
  };
}
