import { startHelper } from "./helper-process.ts";

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
  const args = [url.href, String(count)];
  const helper = await startHelper<[string, number[]][]>("stream-clients-process.ts", args);
  return {
    async heard() {
      return ((await helper.ask()) ?? []).map(([key, times]) => {
        const [event = "", id = ""] = key.split(" ");
        return { event, id, times };
      });
    },
    [Symbol.asyncDispose]: () => helper[Symbol.asyncDispose](),
  };
}
