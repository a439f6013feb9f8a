import type { JobOutcome, OutcomePage } from "@spillway/contract/schemas";
import { iso } from "../metrics/wire-time.ts";
import type { Operation } from "./operation.ts";

/** What became of the jobs of an operation, in the order in which they were selected. */
export function outcomesOf(
  { book, jobs, fates }: Operation,
  { outcome, page, size }: { outcome?: JobOutcome | undefined; page: number; size: number },
  now: number,
): OutcomePage {
  const { positions, total } = book.page(outcome, (page - 1) * size, size);
  const items = positions.flatMap((position) => {
    const end = book.at(position);
    if (end === null || jobs === null) return [];
    const fate = fates?.wire(position) ?? null;
    return [{ job_id: jobs.id(position), outcome: end.outcome, fate, error: end.reason }];
  });
  return { kind: "page", items, page, size, total, as_of: iso(now) };
}
