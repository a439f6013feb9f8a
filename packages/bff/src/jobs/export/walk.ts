import type { JobList, JobSummary, JobsExported } from "@spillway/contract/schemas";
import type { ListQuery } from "../search/filter.ts";
import { type SearchDeps, searchJobs } from "../search/search-jobs.ts";

/** Jobs that are read at once: as many as an engine brings in one batch. */
const PIECE = 1_000;
/** One export looks at no more jobs than that. */
const MOST_SCANNED = 2_000_000;

export interface ExportOrder {
  queue: string;
  /** Which jobs, without page or cursor. */
  which: Omit<ListQuery, "page" | "size" | "cursor">;
  /** At most so many. */
  limit: number;
  signal: AbortSignal;
}

/** A search that is followed to its end, or to where it has to stop. */
export interface Walk {
  /** Some more jobs, none if there are none among those it looked at; null at the end. Rejects as the engine does. */
  more(): Promise<readonly JobSummary[] | null>;
  /** How far it has come. `stopped`: why it goes no further, where that is not told by itself. */
  said(stopped?: string): JobsExported;
}

export function walkJobs(deps: SearchDeps, { queue, which, limit, signal }: ExportOrder): Walk {
  const beganAt = deps.clock.now();
  const seen = { jobs: 0, scanned: 0, total: 0 };
  let next: string | null | undefined;
  /** Beyond the last that may be in it; null: nobody looked yet. */
  let hasMore: boolean | null = null;

  async function look(size: number): Promise<JobList & { kind: "scan" }> {
    const list = await searchJobs(
      deps,
      queue,
      { ...which, page: 1, size, cursor: next ?? undefined },
      signal,
    );
    next = list.next_cursor;
    return list;
  }

  function whyCut(): string | null {
    if (next === null && hasMore !== true) return null;
    const isFull = seen.jobs >= limit;
    const bound = isFull ? `ends with ${words(limit)} jobs` : `looks at ${words(MOST_SCANNED)} jobs at most`;
    const more = hasMore === true ? "there are more" : "there may be more";
    return `Not all: this export ${bound}, and ${more} that match; ${words(seen.scanned)} of ${words(seen.total)} were looked at.`;
  }

  return {
    async more() {
      if (next === null || seen.scanned >= MOST_SCANNED) return null;
      if (seen.jobs >= limit) {
        hasMore ??= (await look(1)).items.length > 0;
        return null;
      }
      const isFirst = next === undefined;
      const { items, scanned, total_to_scan: total } = await look(Math.min(PIECE, limit - seen.jobs));
      if (isFirst) seen.total = total;
      seen.scanned += scanned;
      seen.jobs += items.length;
      return items;
    },
    said(stopped) {
      const why = stopped ?? whyCut();
      return {
        queue,
        began_at: new Date(beganAt).toISOString(),
        ended_at: new Date(deps.clock.now()).toISOString(),
        jobs: seen.jobs,
        scanned: seen.scanned,
        total_to_scan: seen.total,
        complete: why === null,
        stopped: why,
      };
    },
  };
}

const words = (count: number): string => count.toLocaleString("en-US");
