import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** An event of a stream, and when each of those who listen had it, ms since the epoch. */
export interface Heard {
  event: string;
  id: string;
  times: number[];
}

export interface StreamClients extends AsyncDisposable {
  /** What they heard since this was asked last, in the order in which it came first. */
  heard(): Promise<Heard[]>;
}

/** Opens so many streams, twenty at a time; resolves when all of them were greeted. */
export async function openStreams(url: URL, count: number): Promise<StreamClients> {
  const script = join(import.meta.dirname, "stream-clients-process.ts");
  const child = fork(script, [url.href, String(count)], { execArgv: [] });
  const exited = once(child, "exit");
  await once(child, "message");
  return {
    async heard() {
      const answer = once(child, "message");
      child.send("heard");
      const [heard]: [string, number[]][][] = await answer;
      return (heard ?? []).map(([key, times]) => {
        const [event = "", id = ""] = key.split(" ");
        return { event, id, times };
      });
    },
    async [Symbol.asyncDispose]() {
      child.kill();
      await exited;
    },
  };
}
