import type { JobOutcome, Operation } from "@spillway/contract/schemas";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { healEvery } from "../../api/heal.ts";
import { errorWords } from "../../api/problem-words.ts";
import { outcomesQuery } from "../../api/queries.ts";
import { isUnderWay } from "../../features/operations/is-under-way.ts";
import { didWord } from "../../features/operations/operation-words.ts";
import { useAskAgain } from "../../features/operations/use-operations.ts";
import { formatCount } from "../../lib/format.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { Pagination } from "../../ui/pagination.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { Tabs, tabClass } from "../../ui/tabs.tsx";
import { askedOf, type OutcomeSearch, outcomes } from "./outcome-search.ts";
import { OutcomeTable } from "./outcome-table.tsx";

interface OutcomesProps {
  operation: Operation;
  search: OutcomeSearch;
  link: (next: Partial<OutcomeSearch>) => string;
}

/** What became of each job, by page; the tabs say how many of each kind. */
export function Outcomes({ operation, search, link }: OutcomesProps) {
  const again = useAskAgain();
  const { data, error, refetch } = useQuery({
    ...outcomesQuery(operation.id, askedOf(search)),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => healEvery(state.error) || (isUnderWay(operation) ? again : false),
  });
  const to = (next: Partial<OutcomeSearch>) => link(next) || "?";
  return (
    <Panel title="Outcomes" note="one a job; what is not here has not been acted on" flush>
      <div className="border-b border-line px-3">
        <Tabs label="Outcomes by kind">
          {[null, ...outcomes].map((outcome) => (
            <Link
              key={outcome ?? "all"}
              to={to({ outcome, page: 1 })}
              preventScrollReset
              aria-current={search.outcome === outcome ? "page" : undefined}
              className={tabClass(search.outcome === outcome)}
            >
              {outcome === null ? "all" : tabWord(outcome, operation)}{" "}
              <span className="text-xs text-dim">{formatCount(countOf(outcome, operation))}</span>
            </Link>
          ))}
        </Tabs>
      </div>
      {data !== undefined ? (
        <OutcomeTable
          operation={operation}
          rows={data.items}
          empty={<NoOutcomes search={search} operation={operation} first={to({ page: 1 })} />}
        />
      ) : error === null ? (
        <SkeletonRows rows={4} />
      ) : (
        <ErrorState title={errorWords(error).title} onRetry={() => void refetch()}>
          {errorWords(error).text}
        </ErrorState>
      )}
      {data === undefined || data.total <= data.size ? null : (
        <div className="border-t border-line px-4 py-2">
          <Pagination
            {...data}
            link={(page, text) => (
              <Link key={text} to={to({ page })} preventScrollReset className="text-accent hover:underline">
                {text}
              </Link>
            )}
          />
        </div>
      )}
    </Panel>
  );
}

const tabWord = (outcome: JobOutcome, operation: Operation): string =>
  outcome === "succeeded" ? didWord(operation) : outcome;

const countOf = (outcome: JobOutcome | null, operation: Operation): number =>
  outcome === null ? operation.done : operation[outcome];

function NoOutcomes(props: { search: OutcomeSearch; operation: Operation; first: string }) {
  const { search, operation, first } = props;
  if (search.page > 1) {
    return (
      <EmptyState title="This page is past the end">
        <Link to={first} className="text-accent hover:underline">
          Go to the first page
        </Link>
      </EmptyState>
    );
  }
  if (search.outcome !== null) return <EmptyState title={`None ${tabWord(search.outcome, operation)}`} />;
  return (
    <EmptyState title={isUnderWay(operation) ? "None yet" : "It acted on no job"}>
      {operation.kind === "drain" ? "The jobs were moved together; none has an outcome of its own." : null}
    </EmptyState>
  );
}
