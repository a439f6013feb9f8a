import type { Query } from "@spillway/contract/schemas";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { healEvery } from "../../api/heal.ts";
import { joinParts, type Scan, scanQuery } from "./scan.ts";

/** A walk goes on by itself until so many rows are there to look at. */
const enoughRows = 200;
/** Above this a walk is not begun anew by itself when the queue changes. */
const cheap = 5000;

export interface Scanning {
  scan: Scan | undefined;
  error: Error | null;
  /** It goes on by itself. */
  running: boolean;
  stop(): void;
  goOn(): void;
  again(): void;
  /** Small enough to be walked again whenever the queue changes. */
  cheap: boolean;
  /** A first answer is awaited. */
  waiting: boolean;
}

/**
 * Follows the cursor while it is wanted. With filters it goes on by itself until there is enough to look at, so that
 * rare matches are found; without any, one screenful is what was asked for.
 */
export function useScan(
  queue: string,
  asked: Query<"listJobs">,
  filtered: boolean,
  enabled: boolean,
): Scanning {
  const query = useInfiniteQuery({
    ...scanQuery(queue, asked),
    enabled,
    refetchInterval: ({ state }) => healEvery(state.error),
  });
  const { data, hasNextPage, isFetching, fetchNextPage, refetch, error } = query;
  const scan = useMemo(() => (data === undefined ? undefined : joinParts(data.pages)), [data]);
  const [goal, setGoal] = useState(filtered ? enoughRows : 0);
  const [stopped, setStopped] = useState(false);
  const short = scan !== undefined && (scan.jobs.length < goal || scan.jobs.length === 0);
  const running = enabled && !stopped && hasNextPage && short && error === null;
  useEffect(() => {
    if (running && !isFetching) void fetchNextPage();
  }, [running, isFetching, fetchNextPage]);
  return {
    scan,
    error,
    running,
    stop: () => setStopped(true),
    goOn() {
      setStopped(false);
      setGoal((scan?.jobs.length ?? 0) + (filtered ? enoughRows : 1));
    },
    again: () => void refetch(),
    cheap: scan?.complete === true && scan.scanned <= cheap,
    waiting: data === undefined && error === null,
  };
}
