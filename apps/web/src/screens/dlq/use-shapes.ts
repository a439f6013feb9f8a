import type { JobSummary, Query, Shapes } from "@spillway/contract/schemas";
import { keepPreviousData, type UseQueryResult, useQueries, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError } from "../../api/api-error.ts";
import { healEvery } from "../../api/heal.ts";
import { jobQuery, shapesQuery } from "../../api/queries.ts";

/** How soon the next part of a long reading is asked for, ms: it is read while it is asked for. */
const pace = 100;

export interface ShapesState {
  shapes: Shapes | undefined;
  error: Error | null;
  /** Figures of another window are still shown. */
  old: boolean;
  running: boolean;
  stop(): void;
  goOn(): void;
  again(): void;
}

/** Groups of failed jobs; a long reading goes on while it is asked for. */
export function useShapes(queue: string, asked: Query<"getShapes">): ShapesState {
  const [stopped, setStopped] = useState(false);
  const { data, error, isPlaceholderData, refetch } = useQuery({
    ...shapesQuery(queue, asked),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data?.complete === false && !stopped && state.error === null ? pace : healEvery(state.error),
  });
  return {
    shapes: data,
    error,
    old: isPlaceholderData,
    running: data?.complete === false && !stopped,
    stop: () => setStopped(true),
    goOn: () => setStopped(false),
    again: () => void refetch(),
  };
}

interface Samples {
  jobs: JobSummary[];
  loading: boolean;
  /** Some could not be read, which tells nothing of them. */
  unread: boolean;
}

/** How jobs that stand for others are read: that one is gone is an answer. */
export const sampleReading = { retry: false, staleTime: 2000 } as const;

/** The jobs of these ids as they are now, in this order; those that are gone are left out. */
export function useSamples(queue: string, ids: readonly string[]): Samples {
  return useQueries({
    queries: ids.map((id) => ({ ...jobQuery(queue, id), ...sampleReading })),
    combine: joinSamples,
  });
}

const isGone = (error: Error) => error instanceof ApiError && error.status === 404;

const joinSamples = (results: readonly UseQueryResult<JobSummary>[]): Samples => ({
  jobs: results.flatMap(({ data }) => (data === undefined ? [] : [data])),
  loading: results.some((result) => result.isPending),
  unread: results.some(({ data, error }) => data === undefined && error !== null && !isGone(error)),
});
