import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link, type LoaderFunctionArgs } from "react-router";
import { load, loadBehind, useLoaded } from "../../api/load.ts";
import { addressOf, operationsQuery, queuesQuery } from "../../api/queries.ts";
import { CopyNoteButton } from "../../features/notes/copy-note-button.tsx";
import { isUnderWay } from "../../features/operations/is-under-way.ts";
import { operationStates, operationStateWord } from "../../features/operations/operation-state.tsx";
import { useAskAgain, useUnderWay } from "../../features/operations/use-operations.ts";
import { FellBackNote } from "../../features/place/fell-back-note.tsx";
import { useUrlState } from "../../features/place/use-place.ts";
import { plural } from "../../lib/format.ts";
import { searchOf } from "../../lib/paths.ts";
import { Select } from "../../ui/field.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { Pagination } from "../../ui/pagination.tsx";
import { Panel } from "../../ui/panel.tsx";
import { NoOperations } from "./no-operations.tsx";
import { OperationTable } from "./operation-table.tsx";
import { operationsNote } from "./operations-note.ts";
import { askedOf, type OperationsSearch, operationsSearch } from "./operations-search.ts";

export async function loader({ request }: LoaderFunctionArgs): Promise<null> {
  const { value } = operationsSearch.parse(searchOf(request));
  const behind = loadBehind(queuesQuery());
  await load(operationsQuery(askedOf(value)));
  return behind;
}

/** What acts on many jobs in the background, and what did. */
export function Component() {
  const { value: search, fellBack, change, link } = useUrlState(operationsSearch);
  const again = useAskAgain();
  const list = useLoaded({
    ...operationsQuery(askedOf(search)),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.items.some(isUnderWay) ? again : false),
  });
  const running = useUnderWay().length;
  return (
    <div className="flex flex-col gap-4">
      <PageHeader
        title="Operations"
        note={`${plural(list.total, "operation")}${running === 0 ? "" : `, ${running} under way`}`}
        actions={
          <CopyNoteButton
            asked={() => addressOf(operationsQuery(askedOf(search)).queryKey)}
            note={() => operationsNote(list.items, list.total)}
          />
        }
      />
      <FellBackNote fellBack={fellBack} />
      <Filters search={search} onChange={(next) => change({ ...next, page: 1 })} />
      <Panel flush>
        {list.items.length === 0 ? (
          <NoOperations filtered={search.state !== null || search.queue !== ""} page={search.page} />
        ) : (
          <OperationTable operations={list.items} />
        )}
      </Panel>
      {list.total <= list.size ? null : (
        <Pagination
          {...list}
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

const stateOptions = [
  { value: "", text: "Any state" },
  ...operationStates.map((value) => ({ value, text: operationStateWord(value) })),
];

function Filters(props: { search: OperationsSearch; onChange: (next: Partial<OperationsSearch>) => void }) {
  const { search, onChange } = props;
  const { data } = useQuery(queuesQuery());
  const names = (data?.items ?? []).map(({ name }) => name).toSorted();
  // A queue that is gone may still have operations, and its filter must be seen.
  const all = search.queue === "" || names.includes(search.queue) ? names : [search.queue, ...names];
  return (
    <form
      aria-label="Filter operations"
      onSubmit={(event) => event.preventDefault()}
      className="flex flex-wrap items-center gap-2"
    >
      <Select
        aria-label="State"
        options={stateOptions}
        value={search.state ?? ""}
        onPick={(state) => onChange({ state: operationStates.find((one) => one === state) ?? null })}
      />
      <Select
        aria-label="Queue"
        className="max-w-60"
        options={[{ value: "", text: "All queues" }, ...all.map((value) => ({ value, text: value }))]}
        value={search.queue}
        onPick={(queue) => onChange({ queue })}
      />
    </form>
  );
}
