import { Link } from "react-router";
import { load, useLoaded } from "../../api/load.ts";
import { addressOf, queuesQuery } from "../../api/queries.ts";
import { CopyNoteButton } from "../../features/notes/copy-note-button.tsx";
import { FellBackNote } from "../../features/place/fell-back-note.tsx";
import { useUrlState } from "../../features/place/use-place.ts";
import { PauseButton } from "../../features/queues/pause-button.tsx";
import { QueueTable } from "../../features/queues/queue-table.tsx";
import { type QueueSort, queueSorts, sortQueues } from "../../features/queues/sort-queues.ts";
import { useThen } from "../../features/session/use-session.ts";
import { useQueuesBefore } from "../../features/since/use-before.ts";
import { plural, shownTime } from "../../lib/format.ts";
import { choiceField, flagField, textField, type UrlValue, urlState } from "../../lib/url-state.ts";
import { Checkbox } from "../../ui/checkbox.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { SearchBox, Select } from "../../ui/field.tsx";
import { lazily } from "../../ui/lazily.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { Panel } from "../../ui/panel.tsx";
import { aboveRowLink } from "../../ui/table.tsx";
import { useDraft } from "../../ui/use-draft.ts";
import { FoundJobs, notFoundWords, useFoundJobs } from "./found-jobs.tsx";
import { queuesNote } from "./queues-note.ts";

const FindQueues = lazily(() => import("../../features/teach/find-queues.tsx"));

const fields = {
  q: textField(),
  sort: choiceField(queueSorts, "trouble"),
  attention: flagField(),
};
const search = urlState(fields);

export const loader = () => load(queuesQuery());

const sortWords: Record<QueueSort, string> = {
  trouble: "Worst first",
  name: "By name",
  waiting: "Most waiting",
  failed: "Most failing",
  oldest: "Oldest wait",
  change: "Growing fastest",
};
const sortOptions = queueSorts.map((value) => ({ value, text: sortWords[value] }));
/** Which column a sort belongs to. */
const sortColumns = {
  name: "name",
  waiting: "waiting",
  change: "change",
  oldest: "oldest",
  failing: "failed",
} as const;

const actionColumn = {
  key: "actions",
  head: <span className="sr-only">Actions</span>,
  align: "right",
  width: "w-36",
  cell: (queue: Parameters<typeof PauseButton>[0]["queue"]) => (
    <span className={aboveRowLink}>
      <PauseButton queue={queue} size="small" />
    </span>
  ),
} as const;

export function Component() {
  const { items, as_of } = useLoaded(queuesQuery());
  const then = useThen(as_of);
  const { value, fellBack, change, link } = useUrlState(search);
  const found = useFoundJobs(value.q);
  const wanted = value.q.toLowerCase();
  const matching = items.filter(
    (queue) => queue.name.toLowerCase().includes(wanted) && (!value.attention || queue.trouble.length > 0),
  );
  const sorted = sortQueues(matching, value.sort);
  const past = useQueuesBefore();
  const heads = Object.fromEntries(
    Object.entries(sortColumns).map(([column, sort]) => [
      column,
      sortHead(column, value.sort === sort, link({ sort })),
    ]),
  );
  return (
    <div className="flex flex-col gap-4">
      <PageHeader
        title="Queues"
        note={`${
          matching.length === items.length
            ? plural(items.length, "queue")
            : `${matching.length} of ${plural(items.length, "queue")} match`
        }${then === null ? "" : `, as it was at ${shownTime(then)}`}`}
        actions={
          <CopyNoteButton
            asked={() => addressOf(queuesQuery({ q: value.q, sort: value.sort }).queryKey)}
            note={() => queuesNote(sorted, past)}
          />
        }
      />
      <FellBackNote fellBack={fellBack} />
      <Filters value={value} change={change} />
      {found === undefined || value.q === "" ? null : <FoundJobs found={found} />}
      {matching.length === 0 && (found?.items.length ?? 0) > 0 ? null : (
        <Panel flush>
          {matching.length === 0 ? (
            <NoQueues any={items.length > 0} jobs={notFoundWords(found)} />
          ) : (
            <QueueTable queues={sorted} heads={heads} extra={[actionColumn]} />
          )}
        </Panel>
      )}
    </div>
  );
}

type Search = UrlValue<typeof fields>;

interface FiltersProps {
  value: Search;
  change: (next: Partial<Search>, options?: { replace: boolean }) => void;
}

function Filters({ value, change }: FiltersProps) {
  const name = useDraft(value.q, (q) => change({ q }, { replace: true }));
  return (
    <div className="flex flex-wrap items-center gap-3">
      <SearchBox
        label="Queue, or the id of a job"
        className="w-full sm:w-64"
        value={name.text}
        onChange={(event) => name.edit(event.target.value)}
        onBlur={name.commit}
      />
      <Select
        aria-label="Order"
        options={sortOptions}
        value={value.sort}
        onPick={(sort) => change({ sort: queueSorts.find((one) => one === sort) ?? "trouble" })}
      />
      <Checkbox
        label="Only what needs attention"
        visibleLabel
        checked={value.attention}
        onChange={({ checked }) => change({ attention: checked })}
      />
    </div>
  );
}

const headWords: Record<string, string> = {
  name: "Queue",
  waiting: "Waiting",
  change: "Change",
  oldest: "Oldest wait",
  failing: "Failing/min",
};

const sortHead = (column: string, current: boolean, to: string) => ({
  head: (
    <Link
      to={to === "" ? "?" : to}
      preventScrollReset
      className={current ? "text-text underline underline-offset-4" : "hover:text-text"}
    >
      {headWords[column]}
    </Link>
  ),
  ...(current ? { sorted: column === "name" ? ("ascending" as const) : ("descending" as const) } : {}),
});

/** `jobs`: that no job is called so either. */
function NoQueues({ any, jobs }: { any: boolean; jobs: string | null }) {
  if (any) {
    return (
      <EmptyState
        title="No queue matches"
        actions={
          <Link to="?" className="text-accent hover:underline">
            Show all
          </Link>
        }
      >
        {jobs}
      </EmptyState>
    );
  }
  return <FindQueues />;
}
