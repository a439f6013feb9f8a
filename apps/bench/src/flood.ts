import { startHelper } from "./helper-process.ts";

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
  const helper = await startHelper<Record<string, number>>("flood-process.ts", args);
  return {
    statuses: async () => (await helper.ask()) ?? {},
    [Symbol.asyncDispose]: () => helper[Symbol.asyncDispose](),
  };
}
