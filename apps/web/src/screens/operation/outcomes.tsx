import type { JobOutcome, Operation, OutcomePage } from "@spillway/contract/schemas";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { healEvery } from "../../api/heal.ts";
import { errorWords } from "../../api/problem-words.ts";
import { outcomesQuery } from "../../api/queries.ts";
import { isUnderWay } from "../../features/operations/is-under-way.ts";
import { didWord, failedWord } from "../../features/operations/operation-words.ts";
import { useAskAgain } from "../../features/operations/use-operations.ts";
import { formatCount, plural } from "../../lib/format.ts";
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
    <Panel title="Outcomes" note={noteOf(operation)} flush>
      <div className="border-b border-line px-3">
        <Tabs label="Outcomes by kind" current={search.outcome ?? "all"}>
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
          empty={
            <NoOutcomes search={search} operation={operation} untold={data.untold} first={to({ page: 1 })} />
          }
        />
      ) : error === null ? (
        <SkeletonRows rows={4} />
      ) : (
        <ErrorState title={errorWords(error).title} onRetry={() => void refetch()}>
          {errorWords(error).text}
        </ErrorState>
      )}
      {data === undefined || data.untold === null || data.items.length === 0 ? null : (
        <p className="border-t border-line px-4 py-2 text-sm text-dim">
          {untoldWords(data.untold, operation)}. {data.untold.why}
        </p>
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

const noteOf = ({ kind, held }: Operation): string =>
  kind === "drain" && held !== null
    ? "one a job, as long as it is held"
    : "one a job; what is not here has not been acted on";

const tabWord = (outcome: JobOutcome, operation: Operation): string =>
  outcome === "succeeded" ? didWord(operation) : outcome === "failed" ? failedWord(operation) : outcome;

const countOf = (outcome: JobOutcome | null, operation: Operation): number =>
  outcome === null ? operation.done : operation[outcome];

type Untold = OutcomePage["untold"];

/** `1,200 jobs moved aside have no line here` */
const untoldWords = ({ count, outcome }: NonNullable<Untold>, operation: Operation): string =>
  `${plural(count, "job")} ${outcome === "unknown" ? "of unknown outcome" : tabWord(outcome, operation)} ${count === 1 ? "has" : "have"} no line here`;

interface NoOutcomesProps {
  search: OutcomeSearch;
  operation: Operation;
  untold: Untold;
  first: string;
}

function NoOutcomes({ search, operation, untold, first }: NoOutcomesProps) {
  if (search.page > 1) {
    return (
      <EmptyState title="This page is past the end">
        <Link to={first} className="text-accent hover:underline">
          Go to the first page
        </Link>
      </EmptyState>
    );
  }
  if (untold !== null) return <EmptyState title={untoldWords(untold, operation)}>{untold.why}</EmptyState>;
  if (search.outcome !== null) return <EmptyState title="None of this kind" />;
  return <EmptyState title={isUnderWay(operation) ? "None yet" : "It acted on no job"} />;
}
