import type { JobList, JobSummary } from "@spillway/contract/schemas";

export type JobPage = Extract<JobList, { kind: "page" }>;

/** What of a page is shown while newer jobs come in above it. */
export interface Shown {
  rows: readonly JobSummary[];
  /** How many there were in all when its rows were read. */
  total: number;
}

export const allOf = ({ items, total }: JobPage): Shown => ({ rows: items, total });

/**
 * What is shown once the same page was read again: the rows stay where they are, as they are now; those that left are gone, and
 * what came waits. All is shown anew where fewer than half are left.
 */
export function settled(shown: Shown, fresh: JobPage): Shown {
  const now = new Map(fresh.items.map((job) => [job.id, job]));
  const oldest = fresh.items.length < fresh.size ? "" : (fresh.items.at(-1)?.finished_at ?? "");
  // Those that newer ones pushed off the page are still there, further down.
  const rows = shown.rows.flatMap((job) => now.get(job.id) ?? ((job.finished_at ?? "") <= oldest ? job : []));
  return 2 * rows.length < shown.rows.length || rows.length === 0
    ? allOf(fresh)
    : { rows, total: shown.total };
}

/** How many came that are not shown; at least, where more came than a page holds. */
export function arrived(shown: Shown, fresh: JobPage): number {
  const known = new Set(shown.rows.map(({ id }) => id));
  const here = fresh.items.filter(({ id }) => !known.has(id)).length;
  return here === 0 ? 0 : Math.max(here, fresh.total - shown.total);
}
