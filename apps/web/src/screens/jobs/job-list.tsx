import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { Link } from "react-router";
import { errorWords } from "../../api/problem-words.ts";
import { addressOf, jobsQuery, queueQuery } from "../../api/queries.ts";
import { activeFilters, selectionFilterOf } from "../../features/job-filter/job-filter.ts";
import { JobTable, jobId } from "../../features/job-table/job-table.tsx";
import { useReading } from "../../features/live/use-reading.ts";
import { CopyNoteButton } from "../../features/notes/copy-note-button.tsx";
import { lastingAddress } from "../../features/notes/lasting-address.ts";
import { useSelection } from "../../features/selection/use-selection.ts";
import { RetryInPhases } from "../../features/start-operation/retry-in-phases.tsx";
import { plural } from "../../lib/format.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { Pagination } from "../../ui/pagination.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { EmptyJobs } from "./empty-jobs.tsx";
import { ExportJobs } from "./export-jobs.tsx";
import { BreakDownButton } from "./jobs-breakdown.tsx";
import { jobsNote } from "./jobs-note.ts";
import { askedOf, type JobsSearch, scopeOf, states } from "./jobs-search.ts";
import { ScanStatus, Updates } from "./list-status.tsx";
import { orderFor, orderWords } from "./orders.ts";
import { matchingOf, SelectedBar } from "./selected-bar.tsx";
import { StateTabs } from "./state-tabs.tsx";
import { type JobListState, useJobList, useListFreshness } from "./use-job-list.ts";

interface JobListProps {
  queue: string;
  search: JobsSearch;
  link: (next: Partial<JobsSearch>) => string;
  /** Between what is said of the list and its rows. */
  children: ReactNode;
}

/** The states, the rows, what is selected, and how far one has looked. */
export function JobList({ queue, search, link, children }: JobListProps) {
  const list = useJobList(queue, search);
  const selected = useSelection(list.jobs, jobId, scopeOf(queue, search));
  const held = selected.rows.length > 0 || selected.everything;
  const reading = useReading();
  const { waiting } = useListFreshness(queue, list, held || reading);
  const filtered = activeFilters(search).length > 0;
  const counts = useTabCounts(queue, list, filtered, search.state);
  const { q, task, job_id } = search;
  const wanted = useMemo(() => ({ jobId: job_id, task, payload: q }), [q, task, job_id]);
  return (
    <>
      <StateTabs
        current={search.state}
        {...counts}
        link={(state) => link({ state, page: 1, sort: orderFor(state, search) })}
      />
      <ListLine queue={queue} search={search} link={link} list={list} />
      <Updates
        waiting={waiting || list.arrived > 0}
        more={moreNow(list, search.state, counts.counts)}
        onShow={() => show(list)}
      />
      {children}
      <Panel flush>
        {list.error !== null ? (
          <Broken error={list.error} onRetry={list.refresh} />
        ) : list.loading ? (
          <SkeletonRows rows={8} />
        ) : (
          <JobTable
            label={`Jobs of ${queue}`}
            jobs={list.jobs}
            state={search.state}
            wanted={wanted}
            selection={selected.table}
            sticky={false}
            empty={<EmptyJobs queue={queue} search={search} list={list} link={link} />}
          />
        )}
      </Panel>
      <Pages list={list} link={link} />
      <SelectedBar queue={queue} search={search} list={list} selected={selected} />
    </>
  );
}

/** How many more there are now than are shown or were when the rows were read; null where that can't be told. */
function moreNow(
  { page, arrived }: JobListState,
  state: JobsSearch["state"],
  counts: Partial<Record<string, number>>,
): number | null {
  const now = state === null ? undefined : counts[state];
  return page === null || now === undefined ? null : arrived + Math.max(0, now - page.total);
}

/** The rows as they are now, from the first on. */
function show(list: JobListState): void {
  window.scrollTo({ top: 0 });
  list.refresh();
}

interface ListLineProps extends Omit<JobListProps, "children"> {
  list: JobListState;
}

/** How many there are, or how far one has looked, and what can be done with the list. */
function ListLine({ queue, search, link, list }: ListLineProps) {
  const filtered = activeFilters(search).length > 0;
  const matching = matchingOf(list);
  return (
    <div className="flex min-h-7 flex-wrap items-center gap-x-3 gap-y-1 text-xs text-dim">
      {list.scanning === null ? (
        <span role="status">
          {list.page === null ? "" : plural(list.page.total, "job")}
          {/* On a phone the order is chosen out of sight. */}
          <span className="sm:hidden">
            {list.page === null ? "" : `, ${orderWords(search).toLowerCase()}`}
          </span>
        </span>
      ) : (
        <ScanStatus scanning={list.scanning} filtered={filtered} />
      )}
      {search.state === "failed" && (matching?.count ?? 0) > 0 ? (
        <RetryInPhases queue={queue} filter={selectionFilterOf("failed", search)} tone="default" />
      ) : null}
      <span className="ml-auto flex flex-wrap items-center gap-1">
        <BreakDownButton search={search} link={link} />
        <ExportJobs queue={queue} search={search} />
        <CopyButton
          className="max-sm:hidden"
          size="small"
          tone="quiet"
          label="Copy link"
          text={lastingAddress}
        />
        <CopyNoteButton
          asked={() => addressOf(jobsQuery(queue, askedOf(search)).queryKey)}
          note={() => jobsNote(queue, search, list)}
        />
      </span>
    </div>
  );
}

/** Of the queue as it is now; with filters, of what matched so far. */
function useTabCounts(queue: string, list: JobListState, filtered: boolean, state: JobsSearch["state"]) {
  const { data: summary } = useQuery({ ...queueQuery(queue), enabled: false });
  const scan = list.scanning?.scan;
  if (filtered) {
    if (scan === undefined) return { counts: {}, any: null };
    const looked = state === null ? states : [state];
    const counts = Object.fromEntries(
      looked.map((one) => [one, scan.matchesByState[one] ?? (scan.complete ? 0 : undefined)]),
    );
    return { counts, any: state === null ? scan.matches : null };
  }
  const counts = summary?.counts;
  if (counts === undefined) return { counts: {}, any: null };
  return { counts, any: Object.values(counts).reduce((sum, count) => sum + count, 0) };
}

function Pages({ list: { page }, link }: { list: JobListState; link: JobListProps["link"] }) {
  if (page === null || (page.total <= page.size && page.page === 1)) return null;
  return (
    <Pagination
      {...page}
      link={(to, text) => (
        <Link key={text} to={link({ page: to }) || "?"} className="text-accent hover:underline">
          {text}
        </Link>
      )}
    />
  );
}

function Broken({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { title, text, reference } = errorWords(error);
  return (
    <ErrorState title={title} reference={reference} onRetry={onRetry}>
      {text}
    </ErrorState>
  );
}
