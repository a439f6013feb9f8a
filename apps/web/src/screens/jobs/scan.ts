import type { JobList, JobSummary, Query } from "@spillway/contract/schemas";
import { infiniteQueryOptions } from "@tanstack/react-query";
import { read } from "../../api/client.ts";

export type ScanPart = Extract<JobList, { kind: "scan" }>;

/** What several requests that follow one cursor have brought together. */
export interface Scan {
  jobs: JobSummary[];
  scanned: number;
  total: number;
  complete: boolean;
  matchesByState: ScanPart["matches_by_state"];
  matches: number;
  as_of: string;
}

/** Its own key: the stream refreshes pages, but must not start a long walk again every few seconds. */
export const scanQuery = (queue: string, asked: Query<"listJobs">) =>
  infiniteQueryOptions({
    queryKey: ["scanJobs", { queue }, asked] as const,
    queryFn: ({ pageParam, signal }) =>
      read("listJobs", { queue }, pageParam === null ? asked : { ...asked, cursor: pageParam }, signal),
    meta: { isWalk: true },
    initialPageParam: null as string | null,
    getNextPageParam: (part) => (part.kind === "scan" ? part.next_cursor : null),
  });

/** Adds up what the requests saw; a job that changed its state between two of them is kept as it was seen last. */
export function joinParts(parts: readonly JobList[]): Scan {
  const scans = parts.filter((part) => part.kind === "scan");
  const jobs = new Map<string, JobSummary>();
  let scanned = 0;
  for (const part of scans) {
    scanned += part.scanned;
    for (const job of part.items) jobs.set(job.id, job);
  }
  // The cursor carries what was found so far, so the last answer counts all of them.
  const matchesByState: ScanPart["matches_by_state"] = scans.at(-1)?.matches_by_state ?? {};
  const complete = scans.at(-1)?.complete ?? false;
  const most = Math.max(0, ...scans.map((part) => part.total_to_scan));
  const matches = Object.values(matchesByState).reduce<number>((sum, count) => sum + (count ?? 0), 0);
  return {
    jobs: [...jobs.values()],
    scanned,
    total: complete ? scanned : Math.max(most, scanned),
    complete,
    matchesByState,
    matches: Math.max(matches, jobs.size),
    as_of: scans[0]?.as_of ?? "",
  };
}
