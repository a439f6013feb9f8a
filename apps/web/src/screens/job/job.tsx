import type { Problem } from "@spillway/contract/schemas";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { LoaderFunctionArgs } from "react-router";
import { ApiError } from "../../api/api-error.ts";
import { healEvery } from "../../api/heal.ts";
import { loadBehind } from "../../api/load.ts";
import { errorWords } from "../../api/problem-words.ts";
import { auditQuery, jobQuery, queueQuery } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import { useLive } from "../../features/live/the-live.ts";
import { usePlace } from "../../features/place/use-place.ts";
import { placeOf } from "../../lib/paths.ts";
import { ErrorState } from "../../ui/error-state.tsx";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { ConflictNote } from "./conflict-note.tsx";
import { JobHeader } from "./job-header.tsx";
import { JobStory } from "./job-story.tsx";
import { MissingJob } from "./missing-job.tsx";
import { ofJob } from "./of-job.ts";

export async function loader({ request }: LoaderFunctionArgs): Promise<null> {
  const { queue, jobId } = placeOf(request);
  // A job that is gone has a page of its own, so its absence is not thrown to the boundary.
  const behind = loadBehind(queueQuery(queue), auditQuery(ofJob(queue, jobId)));
  await queryClient.prefetchQuery({ ...jobQuery(queue, jobId), retry: false });
  return behind;
}

/** How often a job is looked at, ms: the stream does not tell of single jobs. */
const paces = {
  waiting: 2000,
  active: 1500,
  delayed: 5000,
  blocked: 5000,
  completed: 20_000,
  failed: 10_000,
};

export function Component() {
  const { queue, jobId } = usePlace();
  const { status } = useLive();
  const {
    data: job,
    error,
    isPending,
    refetch,
  } = useQuery({
    ...jobQuery(queue, jobId),
    retry: false,
    refetchInterval: ({ state }) =>
      status === "live" && state.data !== undefined && state.error === null
        ? paces[state.data.state]
        : healEvery(state.error),
  });
  const [conflict, setConflict] = useState<Problem["current"] | null>(null);
  if (error instanceof ApiError && error.code === "not_found") {
    return <MissingJob queue={queue} jobId={jobId} problem={error.problem} last={job} />;
  }
  if (job === undefined) {
    if (isPending || error === null) return <SkeletonRows rows={10} />;
    const { title, text, reference } = errorWords(error);
    return (
      <ErrorState page title={title} reference={reference} onRetry={() => void refetch()}>
        {text}
      </ErrorState>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <JobHeader job={job} onConflict={setConflict} />
      {conflict ? <ConflictNote current={conflict} onClose={() => setConflict(null)} /> : null}
      <JobStory job={job} />
    </div>
  );
}
