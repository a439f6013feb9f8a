import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { summaryOf, type Waits } from "./waits.ts";

export interface Viewers extends AsyncDisposable {
  /** How long they waited for answers since this was asked last. */
  waits(): Promise<Waits>;
}

export interface Looking {
  viewers: number;
  /** Each asks for this … */
  path: string;
  /** … again after so long, ms. */
  everyMs: number;
  /** What each keeps open beside it. */
  stream?: string;
}

/** Lets people look at a board until it is disposed of. They have all come when `everyMs` is over. */
export async function startViewers(url: string, looking: Looking): Promise<Viewers> {
  const { viewers, path, everyMs, stream = "" } = looking;
  const script = join(import.meta.dirname, "viewers-process.ts");
  const child = fork(script, [url, String(viewers), String(everyMs), path, stream], { execArgv: [] });
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
