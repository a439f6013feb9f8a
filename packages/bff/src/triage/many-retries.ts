import type { ShapeRetries } from "@spillway/contract/schemas";
import { iso } from "../metrics/wire-time.ts";
import { type Open, type Operation, type Operations, type Tally, tallyOf } from "../operations/index.ts";
import type { Retry } from "./earlier-retries.ts";
import { type FateDeps, fateOf, isAmong, type RetryFate, rowsOf } from "./retry-fate.ts";

/** Jobs of operations that are looked at for one answer: of the newest. */
const MOST_LOOKED_AT = 1_000;

type Item = ShapeRetries["items"][number];

interface ManyDeps extends FateDeps {
  operations: Pick<Operations, "learned">;
}

/**
 * What operations retried, newest first. Fates that are known count; of the others some of each error are looked at, and
 * how those ended is kept with the operation.
 */
export async function manyRetries(
  deps: ManyDeps,
  queue: string,
  operations: readonly Operation[],
  singles: readonly Retry[],
): Promise<Item[]> {
  const items: Item[] = [];
  let left = MOST_LOOKED_AT;
  for (const [i, operation] of operations.entries()) {
    const { tallies, open } = tallyOf(operation);
    const looked = open.slice(0, left);
    left -= looked.length;
    for (const { tally } of open.slice(looked.length)) tally.notLookedAt++;
    const begun = iso(operation.order.createdAt);
    const again = new Set(singles.flatMap(({ jobId, at }) => (at > begun ? [jobId] : [])));
    await lookAt(deps, { queue, operation, open: looked, later: operations.slice(0, i), again });
    items.push(...tallies.map((tally) => itemOf(tally, begun, operation.order.actor)));
  }
  return items;
}

interface Look {
  queue: string;
  operation: Operation;
  open: readonly Open[];
  /** Operations since, and jobs retried by themselves since: one that was retried again had failed again. */
  later: readonly Operation[];
  again: ReadonlySet<string>;
}

async function lookAt(deps: ManyDeps, { queue, operation, open, later, again }: Look): Promise<void> {
  const at = iso(operation.standing.startedAt ?? operation.order.createdAt);
  const rows = await rowsOf(
    deps.engine,
    queue,
    open.map(({ jobId }) => jobId),
  );
  for (const { jobId, position, tally } of open) {
    const wasAgain = again.has(jobId) || (await isAmong(later, jobId));
    const fate = wasAgain ? "failed_again" : fateOf(deps.fates, queue, jobId, at, rows.get(jobId));
    tally[PLACES[fate]]++;
    if (fate === "completed") deps.operations.learned(operation, position, "completed");
    if (fate === "failed_again") deps.operations.learned(operation, position, "failed");
  }
}

const PLACES = {
  completed: "completed",
  failed_again: "failedAgain",
  still_open: "stillOpen",
  unknown: "unknown",
} as const satisfies Record<RetryFate, keyof Tally>;

function itemOf({ shapeId, ...tally }: Tally, at: string, by: string): Item {
  return {
    ...emptyItem(shapeId, at, by),
    jobs: tally.jobs,
    completed: tally.completed,
    failed_again: tally.failedAgain,
    still_open: tally.stillOpen,
    unknown: tally.unknown,
    not_looked_at: tally.notLookedAt,
  };
}

/** Nothing of an error yet. */
export function emptyItem(shapeId: string, at: string, by: string): Item {
  return {
    shape_id: shapeId,
    jobs: 0,
    completed: 0,
    failed_again: 0,
    still_open: 0,
    unknown: 0,
    not_looked_at: 0,
    last_at: at,
    by: [by],
  };
}
