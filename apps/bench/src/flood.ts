import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

export interface Flood extends AsyncDisposable {
  /** How often each status came since it began; 0: no answer. */
  statuses(): Promise<Record<string, number>>;
}

/** Asks as fast as it is answered, from this address of the machine, until it is disposed of. */
export async function startFlood(
  url: string,
  { address, connections, path }: { address: string; connections: number; path: string },
): Promise<Flood> {
  const args = [url, address, String(connections), path];
  const child = fork(join(import.meta.dirname, "flood-process.ts"), args, { execArgv: [] });
  const exited = once(child, "exit");
  await once(child, "message");
  return {
    async statuses() {
      const answer = once(child, "message");
      child.send("statuses");
      const [statuses]: Record<string, number>[] = await answer;
      return statuses ?? {};
    },
    async [Symbol.asyncDispose]() {
      child.kill();
      await exited;
    },
  };
}
