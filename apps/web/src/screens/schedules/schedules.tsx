import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link, type LoaderFunctionArgs } from "react-router";
import { healEvery } from "../../api/heal.ts";
import { loadBehind } from "../../api/load.ts";
import { errorWords } from "../../api/problem-words.ts";
import { addressOf, queueQuery, schedulesQuery } from "../../api/queries.ts";
import { useLive } from "../../features/live/the-live.ts";
import { CopyNoteButton } from "../../features/notes/copy-note-button.tsx";
import { FellBackNote } from "../../features/place/fell-back-note.tsx";
import { usePlace, useUrlState } from "../../features/place/use-place.ts";
import { plural } from "../../lib/format.ts";
import { placeOf, searchOf } from "../../lib/paths.ts";
import { countField, urlState } from "../../lib/url-state.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { Pagination } from "../../ui/pagination.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { Snippet } from "../../ui/snippet.tsx";
import { ScheduleTable } from "./schedule-table.tsx";
import { schedulesNote } from "./schedules-note.ts";

const search = urlState({ page: countField(1) });
const size = 100;
/** The stream doesn't tell of schedules. */
const pace = 5000;

export function loader({ request }: LoaderFunctionArgs): Promise<null> {
  const { queue } = placeOf(request);
  const { page } = search.parse(searchOf(request)).value;
  return loadBehind(queueQuery(queue), schedulesQuery(queue, { page, size }));
}

const plan = `await queue.upsertJobScheduler(
  "nightly",
  { pattern: "0 2 * * *", tz: "Europe/Berlin" },
  { name: "report.render" },
);`;

/** What will be here, and how it comes to be. */
const PlanJobs = () => (
  <div className="flex flex-col items-center gap-3">
    <p>
      Jobs that are planned by a pattern or an interval appear here. With BullMQ, the application plans them:
    </p>
    <Snippet text={plan} label="Copy the lines" />
  </div>
);

export function Component() {
  const { queue } = usePlace();
  const { value, fellBack, link } = useUrlState(search);
  const { status } = useLive();
  const { data, error, refetch } = useQuery({
    ...schedulesQuery(queue, { page: value.page, size }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      status === "live" && state.error === null ? pace : healEvery(state.error),
  });
  if (data === undefined) {
    if (error === null) return <SkeletonRows />;
    const { title, text, reference } = errorWords(error);
    return (
      <ErrorState title={title} reference={reference} onRetry={() => void refetch()}>
        {text}
      </ErrorState>
    );
  }
  const none = (
    <EmptyState title={data.total === 0 ? `${queue} has no schedules` : "This page is past the end"}>
      {data.total === 0 ? <PlanJobs /> : null}
    </EmptyState>
  );
  return (
    <div className="flex flex-col gap-3">
      <FellBackNote fellBack={fellBack} />
      {data.items.length === 0 ? null : (
        <div className="flex items-center justify-between gap-3 text-xs text-dim">
          {plural(data.total, "schedule")}
          <CopyNoteButton
            asked={() => addressOf(schedulesQuery(queue, { page: value.page, size }).queryKey)}
            note={() => schedulesNote(queue, data.items, data.total)}
          />
        </div>
      )}
      <Panel flush>
        <ScheduleTable queue={queue} schedules={data.items} empty={none} />
      </Panel>
      {data.total <= data.size ? null : (
        <Pagination
          {...data}
          link={(page, text) => (
            <Link key={text} to={link({ page }) || "?"} className="text-accent hover:underline">
              {text}
            </Link>
          )}
        />
      )}
    </div>
  );
}
