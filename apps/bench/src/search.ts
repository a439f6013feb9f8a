import type { JobList } from "@spillway/contract/schemas";
import { ask, type Board } from "./boards.ts";

export interface Search {
  /** Until the first hits were there, ms; NaN: there were none. */
  firstMs: number;
  totalMs: number;
  requests: number;
  found: number;
  /** Jobs it says it looked at. */
  scanned: number;
}

/** Searches the failed jobs of a queue to their end, as the page does: by following the cursor. */
export async function searchAll(
  board: Board,
  queue: string,
  filter: Readonly<Record<string, string>>,
): Promise<Search> {
  const from = performance.now();
  const result: Search = { firstMs: Number.NaN, totalMs: 0, requests: 0, found: 0, scanned: 0 };
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({ state: "failed", ...filter, ...(cursor !== null && { cursor }) });
    const list: JobList = JSON.parse(await ask(board, `api/queues/${queue}/jobs?${query}`));
    if (list.kind !== "scan") throw new Error("A search was answered with a page.");
    result.requests++;
    result.found += list.items.length;
    result.scanned += list.scanned;
    if (list.items.length > 0 && Number.isNaN(result.firstMs)) result.firstMs = performance.now() - from;
    cursor = list.next_cursor;
  } while (cursor !== null);
  result.totalMs = performance.now() - from;
  return result;
}
