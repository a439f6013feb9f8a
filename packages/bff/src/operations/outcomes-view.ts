import type { JobOutcome, OutcomePage } from "@spillway/contract/schemas";
import type { QueueEngine } from "@spillway/engine";
import { iso } from "../metrics/wire-time.ts";
import { togetherCounts } from "./held/together.ts";
import type { Operation } from "./operation.ts";

export interface OutcomesAsk {
  outcome?: JobOutcome | undefined;
  page: number;
  size: number;
}

/**
 * What became of the jobs of an operation, in the order in which they were selected. Where jobs were moved together, the engine
 * is asked which it holds; the others are a number and a sentence.
 */
export async function outcomesOf(
  engine: Pick<QueueEngine, "heldIds">,
  operation: Operation,
  ask: OutcomesAsk,
  now: number,
): Promise<OutcomePage> {
  const { page, size } = ask;
  const told = operation.jobs === null ? await heldPage(engine, operation, ask) : bookPage(operation, ask);
  return { kind: "page", page, size, ...told, as_of: iso(now) };
}

type Told = Pick<OutcomePage, "items" | "total" | "untold">;

function bookPage({ book, jobs, fates }: Operation, { outcome, page, size }: OutcomesAsk): Told {
  const { positions, total } = book.page(outcome, (page - 1) * size, size);
  const items = positions.flatMap((position) => {
    const end = book.at(position);
    if (end === null || jobs === null) return [];
    const fate = fates?.wire(position) ?? null;
    return [{ job_id: jobs.id(position), outcome: end.outcome, fate, error: end.reason }];
  });
  return { items, total, untold: null };
}

async function heldPage(
  engine: Pick<QueueEngine, "heldIds">,
  operation: Operation,
  { outcome, page, size }: OutcomesAsk,
): Promise<Told> {
  const { held } = operation.standing;
  const isAsked = outcome === undefined || outcome === "succeeded";
  const isHeld = held !== null && held.left > 0;
  if (!isAsked || !isHeld) return { items: [], total: 0, untold: untoldOf(operation, outcome) };
  const { order, id } = operation;
  const { rows, total } = await engine.heldIds(order.queue, id, { offset: (page - 1) * size, limit: size });
  const items = rows.map((job) => ({ job_id: job, outcome: "succeeded" as const, fate: null, error: null }));
  return { items, total, untold: untoldOf(operation, outcome, total) };
}

/** `listed`: how many have lines. */
function untoldOf(operation: Operation, wanted: JobOutcome | undefined, listed = 0): OutcomePage["untold"] {
  const { succeeded, unknown } = togetherCounts(operation);
  const outcome = unknown > 0 ? "unknown" : "succeeded";
  const count = unknown > 0 ? unknown : succeeded - listed;
  if (count <= 0 || (wanted !== undefined && wanted !== outcome)) return null;
  return { count, outcome, why: whyUntold(operation, unknown > 0) };
}

function whyUntold({ standing: { held } }: Operation, isUnknown: boolean): string {
  if (isUnknown)
    return "They were to be moved aside together, and the engine did not answer: it is not known whether they were, nor which.";
  const since =
    held?.state === "restored" || held?.state === "restoring"
      ? "have been put back"
      : held?.state === "purged" || held?.state === "purging"
        ? "have been deleted for good"
        : "are held no more";
  return `They were moved aside together and ${since}; which they were is known only while they are held.`;
}
