import { useQuery } from "@tanstack/react-query";
import type { LoaderFunctionArgs } from "react-router";
import { loadBehind } from "../../api/load.ts";
import { errorWords } from "../../api/problem-words.ts";
import { jobQuery, markersQuery, queueQuery, shapeRetriesQuery, shapesQuery } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import { SelectionBar } from "../../features/job-actions/selection-bar.tsx";
import { jobId } from "../../features/job-table/job-table.tsx";
import { useHold } from "../../features/live/the-live.ts";
import { FellBackNote } from "../../features/place/fell-back-note.tsx";
import { usePlace, useUrlState } from "../../features/place/use-place.ts";
import { useSelection } from "../../features/selection/use-selection.ts";
import { useNewShapes } from "../../features/since/use-new-shapes.ts";
import { plural } from "../../lib/format.ts";
import { placeOf, searchOf } from "../../lib/paths.ts";
import { ErrorState } from "../../ui/error-state.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { DlqHead } from "./dlq-head.tsx";
import { askedOf, dlqSearch, openIn } from "./dlq-search.ts";
import { retriedJobs } from "./head-words.ts";
import { Histogram } from "./histogram.tsx";
import { MoreShapes, useFirst } from "./more-shapes.tsx";
import { NothingFailed } from "./nothing-failed.tsx";
import { OnlyRetrying } from "./retrying.tsx";
import { Samples } from "./samples.tsx";
import { ShapeCards } from "./shape-cards.tsx";
import { ShapeMatrix } from "./shape-matrix.tsx";
import { usePinned } from "./use-pinned.ts";
import { sampleReading, useSamples, useShapes } from "./use-shapes.ts";

export async function loader({ request }: LoaderFunctionArgs): Promise<null> {
  const { queue } = placeOf(request);
  const { value } = dlqSearch.parse(searchOf(request));
  const shapes = shapesQuery(queue, askedOf(value));
  const others = loadBehind(queueQuery(queue), markersQuery({ queue }), shapeRetriesQuery(queue));
  await loadBehind(shapes);
  const open = openIn(queryClient.getQueryData(shapes.queryKey)?.items ?? [], value);
  await loadBehind(
    ...(open?.sample_job_ids ?? []).map((id) => ({ ...jobQuery(queue, id), ...sampleReading })),
  );
  return others;
}

const sampleActions = [
  { action: "job.retry", text: "Retry selected…" },
  { action: "job.remove", text: "Remove…" },
] as const;

export function Component() {
  const { queue } = usePlace();
  const { value: search, fellBack, link, change } = useUrlState(dlqSearch);
  const state = useShapes(queue, askedOf(search));
  const { data: markers } = useQuery(markersQuery({ queue }));
  const items = state.shapes?.items ?? [];
  const open = openIn(items, search);
  const pinned = usePinned(open, JSON.stringify([queue, askedOf(search)]));
  const samples = useSamples(queue, pinned.ids);
  const selected = useSelection(samples.jobs, jobId, queue);
  useHold(selected.rows.length > 0);
  const flags = markers?.items ?? [];
  const fresh = useNewShapes(queue);
  const { data: retries } = useQuery(shapeRetriesQuery(queue));
  const { shown, more } = useFirst(items, open);
  if (state.shapes === undefined) return <Missing error={state.error} onRetry={state.again} />;
  return (
    <div className="flex flex-col gap-4" aria-busy={state.old || undefined}>
      <FellBackNote fellBack={fellBack} />
      <DlqHead
        queue={queue}
        search={search}
        shapes={state.shapes}
        state={state}
        markers={flags}
        fresh={fresh}
        link={link}
      />
      {state.shapes.histogram.length === 0 || items.length === 0 ? null : (
        <Panel title="When they failed" note={goneWords(retries === undefined ? 0 : retriedJobs(retries))}>
          <Histogram buckets={state.shapes.histogram} markers={flags} />
        </Panel>
      )}
      {items.length === 0 ? (
        <NothingFailed queue={queue} search={search} shapes={state.shapes} link={link} />
      ) : null}
      <OnlyRetrying queue={queue} shapes={state.shapes} />
      {search.view === "matrix" && items.length > 0 ? (
        <ShapeMatrix queue={queue} shapes={shown} fresh={fresh} />
      ) : (
        <ShapeCards
          queue={queue}
          search={search}
          link={link}
          shapes={shown}
          all={state.shapes}
          markers={flags}
          open={open}
          fresh={fresh}
          jobs={samples.jobs}
          coming={samples.loading ? pinned.ids.length - samples.jobs.length : 0}
        >
          <Samples
            {...samples}
            selection={selected.table}
            onRenew={pinned.renew}
            all={search.samples === "all"}
            onAll={() => change({ samples: "all" }, { replace: true })}
          />
        </ShapeCards>
      )}
      <MoreShapes all={items} shown={shown.length} failed={state.shapes.scanned} onMore={more} />
      <SelectionBar
        queue={queue}
        selected={selected.rows}
        elsewhere={selected.elsewhere}
        actions={sampleActions}
        onClear={selected.clear}
        onDone={selected.clear}
      />
    </div>
  );
}

/** What is retried is failed no more, so that bars of the past shrink. */
const goneWords = (retried: number): string | undefined =>
  retried === 0
    ? undefined
    : `${plural(retried, "retry", "retries")} took jobs out of it; what fails again is in it anew`;

function Missing({ error, onRetry }: { error: Error | null; onRetry: () => void }) {
  if (error === null) return <SkeletonRows rows={8} />;
  const { title, text, reference } = errorWords(error);
  return (
    <ErrorState title={title} reference={reference} onRetry={onRetry}>
      {text}
    </ErrorState>
  );
}
