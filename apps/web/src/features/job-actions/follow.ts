import { ApiError } from "../../api/api-error.ts";
import { jobQuery } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import { formatCount } from "../../lib/format.ts";
import { each } from "./each.ts";

/** What became of a job that was retried. `open`: it still waits or runs. */
export type Fate = "completed" | "failed again" | "removed" | "open";

const everyMs = 1200;
/** How long jobs are followed. */
export const followedMs = 60_000;
const width = 4;

export interface Following {
  fateOf?: (queue: string, jobId: string) => Promise<Fate>;
  wait?: (ms: number) => Promise<void>;
  /** Called after each look at those still open. */
  seen: (fates: readonly Fate[]) => void;
}

/** Looks at jobs until each has ended or a minute has passed. */
export async function followToEnd(
  queue: string,
  ids: readonly string[],
  { fateOf = readFate, wait = sleep, seen }: Following,
): Promise<Fate[]> {
  const fates = new Map<string, Fate>(ids.map((id) => [id, "open"]));
  const all = () => [...fates.values()];
  for (let waited = 0; waited < followedMs; waited += everyMs) {
    const open = ids.filter((id) => fates.get(id) === "open");
    if (open.length === 0) break;
    await wait(everyMs);
    await each(open, width, async (id) => {
      fates.set(id, await fateOf(queue, id).catch((): Fate => "open"));
    });
    seen(all());
  }
  return all();
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** What became of each, in their order, at this moment; throws where one can't be told. */
export const readFates = (queue: string, ids: readonly string[]): Promise<Fate[]> =>
  each(ids, width, (id) => readFate(queue, id));

async function readFate(queue: string, jobId: string): Promise<Fate> {
  try {
    const { state } = await queryClient.fetchQuery({ ...jobQuery(queue, jobId), staleTime: 0, retry: false });
    return state === "completed" ? "completed" : state === "failed" ? "failed again" : "open";
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== "not_found") throw error;
    // Where completed jobs are not kept, only the last event tells.
    return error.problem.last_known?.event === "completed" ? "completed" : "removed";
  }
}

const order: readonly Fate[] = ["completed", "failed again", "removed", "open"];

/** `7 completed, 1 failed again, 2 open` */
export function fateWords(fates: readonly Fate[]): string {
  return order
    .map((fate) => ({ fate, count: fates.filter((one) => one === fate).length }))
    .filter(({ count }) => count > 0)
    .map(({ fate, count }) => `${formatCount(count)} ${fate}`)
    .join(", ");
}
