import { useState } from "react";
import { SuggestBox } from "../../ui/suggest-box.tsx";
import type { JobsSearch } from "./jobs-search.ts";
import { useKnownValues } from "./known-values.ts";
import { suggest } from "./suggestions.ts";
import { qualifiers, type TypedSearch } from "./typed-search.ts";
import { useTypedSearch } from "./use-typed-search.ts";

/** Where the focus goes when the last filter is taken away by keyboard. */
export const searchId = "jobs-search";

interface SearchLineProps {
  queue: string;
  search: JobsSearch;
  onChange: (next: TypedSearch) => void;
}

/** `task:invoice.charge tenant-88`: everything that jobs may be searched for, in one line. */
export function SearchLine({ queue, search, onChange }: SearchLineProps) {
  const [reached, setReached] = useState(false);
  const { text, complaint, edit, commit } = useTypedSearch(search, onChange);
  const known = useKnownValues(queue, search.state, reached ? wantedFor(text) : nothing);
  return (
    <SuggestBox
      id={searchId}
      label="Search jobs"
      placeholder="task:invoice.charge tenant-88"
      text={text}
      suggest={(typed, at) => suggest(typed, at, known)}
      onEdit={edit}
      onCommit={commit}
      onReach={() => setReached(true)}
      complaint={complaint}
    />
  );
}

const nothing: ReadonlySet<string> = new Set();

/** Tasks are found by any letters; the rest is looked up once it is named. */
const wantedFor = (text: string): ReadonlySet<string> =>
  new Set(["task", ...qualifiers.filter(({ word }) => text.includes(`${word}:`)).map(({ means }) => means)]);
