import type { JobSummary } from "@spillway/contract/schemas";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { healEvery } from "../../api/heal.ts";
import { jobsQuery, queueQuery } from "../../api/queries.ts";
import { activeFilters } from "../../features/job-filter/job-filter.ts";
import { useHold, useLive } from "../../features/live/the-live.ts";
import { askedOf, isScan, type JobsSearch } from "./jobs-search.ts";
import { type Scanning, useScan } from "./use-scan.ts";
import { useStillRows } from "./use-still-rows.ts";

export interface JobListState {
  jobs: readonly JobSummary[];
  /** Set for a list by page. */
  page: { page: number; size: number; total: number } | null;
  /** Set for a walk. */
  scanning: Scanning | null;
  as_of: string | null;
  error: Error | null;
  loading: boolean;
  /** How many came that wait to be shown, so that no row moves while it is looked at. */
  arrived: number;
  /** Rows of other filters are still shown while these come. */
  old: boolean;
  refresh(): void;
}

const none: readonly JobSummary[] = [];

/** The jobs the address asks for, by page where the engine can count them, else by a walk. */
export function useJobList(queue: string, search: JobsSearch): JobListState {
  const walks = isScan(search);
  const asked = askedOf(search);
  const paged = useQuery({
    ...jobsQuery(queue, { ...asked, page: search.page }),
    enabled: !walks,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => healEvery(state.error),
  });
  const scanning = useScan(queue, asked, activeFilters(search).length > 0, walks);
  const page = paged.data?.kind === "page" && !walks ? paged.data : null;
  const still = useStillRows(page, endsIn(search));
  if (walks) {
    return {
      jobs: scanning.scan?.jobs ?? none,
      page: null,
      scanning,
      as_of: scanning.scan?.as_of ?? null,
      error: scanning.scan === undefined ? scanning.error : null,
      loading: scanning.waiting,
      arrived: 0,
      old: false,
      refresh: scanning.again,
    };
  }
  const { data, error, isPlaceholderData } = paged;
  return {
    jobs: still.rows,
    page: page === null ? null : { page: page.page, size: page.size, total: page.total },
    scanning: null,
    as_of: data?.as_of ?? null,
    error: data === undefined ? error : null,
    loading: data === undefined && error === null,
    arrived: still.arrived,
    old: isPlaceholderData,
    refresh() {
      still.show();
      void paged.refetch().then(still.show);
    },
  };
}

/** Of jobs that ended the newest stand first, and each that ends would push down all that are there. What runs or waits is shown as it is now. */
const endsIn = ({ state, sort }: JobsSearch): boolean =>
  sort === "newest" && (state === "failed" || state === "completed");

/** How long after an answer the queue may change before the list is read again. */
const restMs = 2000;

/**
 * Keeps the list current while nobody has rows selected. The stream refreshes pages; small walks are begun anew when
 * the queue changed since. Says whether something changed that is not shown.
 */
export function useListFreshness(queue: string, list: JobListState, held: boolean): { waiting: boolean } {
  useHold(held);
  const { status } = useLive();
  const { data: summary } = useQuery({ ...queueQuery(queue), enabled: false });
  const changedAt = summary === undefined ? 0 : Date.parse(summary.as_of);
  const readAt = list.as_of === null ? Number.POSITIVE_INFINITY : Date.parse(list.as_of);
  const behind = changedAt > readAt + restMs;
  const again = behind && !held && status === "live" && list.scanning?.cheap === true;
  const refresh = useEffectEvent(list.refresh);
  useEffect(() => {
    // Once for each change: the queue's time is what the answer is behind of.
    if (again && changedAt > 0) refresh();
  }, [again, changedAt]);
  return { waiting: behind && (held || list.scanning?.cheap === false) };
}
