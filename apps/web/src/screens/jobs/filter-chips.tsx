import { X } from "lucide-react";
import type { MouseEvent } from "react";
import { Link } from "react-router";
import { activeFilters, type FilterName, filterWords } from "../../features/job-filter/job-filter.ts";
import { type JobsSearch, noFilters } from "./jobs-search.ts";
import { searchId } from "./search-line.tsx";

interface FilterChipsProps {
  search: JobsSearch;
  link: (next: Partial<JobsSearch>) => string;
}

/** Every filter that is set, each with a way to take it away. */
export function FilterChips({ search, link }: FilterChipsProps) {
  const filters = activeFilters(search);
  if (filters.length === 0) return null;
  return (
    <ul aria-label="Filters that are set" className="flex flex-wrap items-center gap-1.5 text-xs">
      {filters.map(({ name, text }) => (
        <li key={name}>
          <Link
            to={link({ ...without(name), page: 1 }) || "?"}
            preventScrollReset
            onClick={goOnByKeys}
            aria-label={`Take away: ${filterWords[name](text)}`}
            className="inline-flex h-6 touch:h-[44px] max-w-[min(30rem,100%)] items-center gap-1.5 rounded-full border border-accent/40 bg-accent-wash pr-1.5 pl-2.5 text-text hover:border-accent"
          >
            <span className="truncate">{filterWords[name](text)}</span>
            <X size={12} aria-hidden className="shrink-0 text-dim" />
          </Link>
        </li>
      ))}
      <li>
        <Link
          to={link(noFilters) || "?"}
          preventScrollReset
          onClick={goOnByKeys}
          className="px-1.5 text-accent touch:inline-flex touch:h-[44px] touch:items-center hover:underline"
        >
          Clear all
        </Link>
      </li>
    </ul>
  );
}

/** A chip that is taken away takes the focus with it: who pressed it by a key goes on in the search. */
function goOnByKeys({ detail }: MouseEvent): void {
  if (detail === 0) document.getElementById(searchId)?.focus();
}

const without = (name: FilterName): Partial<JobsSearch> =>
  name === "from" || name === "to" ? { [name]: null } : { [name]: "" };
