import type { JobDetail } from "@spillway/contract/schemas";
import { useQueries } from "@tanstack/react-query";
import { ApiError } from "../../api/api-error.ts";
import { jobQuery } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import { formatCount } from "../../lib/format.ts";
import type { Standing } from "../confirm/confirm.ts";
import type { ActionableJob } from "./job-action.ts";

/** How often the jobs of a question are read while it stands, ms. */
const every = 3_000;

interface Seen {
  data: JobDetail | undefined;
  error: Error | null;
  /** Epoch ms; 0: never. */
  dataUpdatedAt: number;
  errorUpdatedAt: number;
}

/** Whether a job was not seen to change since a moment; what could not be read is no evidence. */
function isAsItWas({ version }: ActionableJob, seen: Seen | undefined, since: number): boolean {
  if (seen === undefined) return true;
  if (seen.errorUpdatedAt >= since && seen.error instanceof ApiError) return seen.error.status !== 404;
  return seen.data === undefined || seen.dataUpdatedAt < since || seen.data.version === version;
}

/** Those that were not seen to change since a moment, epoch ms. */
export const unchangedSince = (
  queue: string,
  jobs: readonly ActionableJob[],
  since: number,
): readonly ActionableJob[] =>
  jobs.filter((job) => isAsItWas(job, queryClient.getQueryState(jobQuery(queue, job.id).queryKey), since));

/** How many of them are as they were, looked at again and again: they may end while a question about them is read. */
export const useUnchanged = (queue: string, jobs: readonly ActionableJob[], since: number): number =>
  useQueries({
    queries: jobs.map(({ id }) => ({
      ...jobQuery(queue, id),
      retry: false,
      staleTime: 0,
      refetchInterval: every,
    })),
    combine: (seen) => jobs.filter((job, index) => isAsItWas(job, seen[index], since)).length,
  });

/** What is said of a question of whose jobs only so many are as they were. */
export function changedWords(asked: number, left: number): Pick<Standing, "note" | "off"> {
  const changed = asked - left;
  if (changed === 0) return { note: null, off: null };
  if (asked === 1) return { note: "It has moved on meanwhile.", off: "It is not as it was any more." };
  if (left === 0)
    return {
      note: `All ${formatCount(asked)} have moved on meanwhile.`,
      off: "None of them is as it was any more.",
    };
  const [have, are] = changed === 1 ? ["has", "is"] : ["have", "are"];
  const note = `${formatCount(changed)} of ${formatCount(asked)} ${have} moved on meanwhile and ${are} left alone.`;
  return { note, off: null };
}
