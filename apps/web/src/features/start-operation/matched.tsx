import type { Selection, SelectionInput } from "@spillway/contract/schemas";
import { errorWords } from "../../api/problem-words.ts";
import { formatCount, plural } from "../../lib/format.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { ShareBar } from "../../ui/meter.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { stateWord } from "../../ui/state-badge.tsx";
import { activeFilters, filterWords } from "../job-filter/job-filter.ts";
import { Groups } from "./groups.tsx";
import { SampleJobs } from "./sample-jobs.tsx";
import type { Preview } from "./use-preview.ts";

interface MatchedProps {
  wanted: SelectionInput;
  preview: Preview;
}

/** Which jobs it will be: how many exactly, by which filter, what they are, and some of them. */
export function Matched({ wanted, preview }: MatchedProps) {
  const { selection, error, expired, again } = preview;
  if (selection === undefined) {
    if (error === null) return <Skeleton className="h-16 w-full" />;
    const { title, text } = errorWords(error);
    return (
      <ErrorState title={title} onRetry={again}>
        {text}
      </ErrorState>
    );
  }
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <HowMany selection={selection} picked={"ids" in wanted} />
        <FilterList wanted={wanted} />
        {expired ? (
          <Button size="small" onClick={again}>
            Count again
          </Button>
        ) : null}
      </div>
      {selection.complete ? null : <Counting selection={selection} />}
      {error === null ? null : <p className="text-sm text-failed">{errorWords(error).text}</p>}
      <Warnings warnings={selection.warnings} />
      <Groups groups={selection.groups} matched={selection.matched} />
      <SampleJobs jobs={selection.sample} matched={selection.matched} />
    </div>
  );
}

function HowMany({ selection, picked }: { selection: Selection; picked: boolean }) {
  const { matched, complete } = selection;
  const verb = picked ? "picked" : matched === 1 ? "matches" : "match";
  return (
    <p role="status" className="text-lg font-semibold">
      {plural(matched, "job")}{" "}
      <span className="font-normal text-dim">
        {verb}
        {complete ? "" : " so far"}
      </span>
    </p>
  );
}

function Counting({ selection: { scanned, total_to_scan } }: { selection: Selection }) {
  const words = `counting… ${formatCount(scanned)} of ${formatCount(total_to_scan)}`;
  return (
    <div className="flex flex-col gap-1">
      <span className="text-xs text-dim">{words}</span>
      <ShareBar share={total_to_scan === 0 ? 0 : scanned / total_to_scan} label={words} />
    </div>
  );
}

/** The filter, literally. */
function FilterList({ wanted }: { wanted: SelectionInput }) {
  if (!("filter" in wanted)) return null;
  const { state, ...rest } = wanted.filter;
  const chips = [stateWord(state), ...activeFilters(rest).map(({ name, text }) => filterWords[name](text))];
  return (
    <ul aria-label="Filter" className="flex flex-wrap gap-1.5 text-xs">
      {chips.map((chip) => (
        <li
          key={chip}
          className="inline-flex h-6 max-w-full items-center rounded-full border border-accent/40 bg-accent-wash px-2.5"
        >
          <span className="truncate">{chip}</span>
        </li>
      ))}
    </ul>
  );
}

function Warnings({ warnings }: { warnings: readonly string[] }) {
  if (warnings.length === 0) return null;
  return (
    <ul aria-label="Warnings" className="rounded-md border border-paused/50 bg-warn-wash px-3 py-2 text-sm">
      {warnings.map((warning) => (
        <li key={warning}>{warning}</li>
      ))}
    </ul>
  );
}
