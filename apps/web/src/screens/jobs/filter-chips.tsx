import { X } from "lucide-react";
import { Link } from "react-router";
import { utcStamp } from "../../lib/format.ts";
import { activeFilters, type FilterName, type JobsSearch, noFilters } from "./jobs-search.ts";

interface FilterChipsProps {
  search: JobsSearch;
  link: (next: Partial<JobsSearch>) => string;
}

const words: Record<FilterName, (text: string) => string> = {
  task: (text) => `task contains “${text}”`,
  job_id: (text) => `id contains “${text}”`,
  q: (text) => `payload contains “${text}”`,
  error_shape: (text) => `same error shape (${text.slice(0, 10)})`,
  worker: (text) => `worker “${text}”`,
  from: (text) => `since ${utcStamp(text)}`,
  to: (text) => `until ${utcStamp(text)}`,
};

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
            aria-label={`Take away: ${words[name](text)}`}
            className="inline-flex h-6 max-w-80 items-center gap-1.5 rounded-full border border-accent/40 bg-accent-wash pr-1.5 pl-2.5 text-text hover:border-accent"
          >
            <span className="truncate">{words[name](text)}</span>
            <X size={12} aria-hidden className="shrink-0 text-dim" />
          </Link>
        </li>
      ))}
      <li>
        <Link to={link(noFilters) || "?"} preventScrollReset className="px-1.5 text-accent hover:underline">
          Take all away
        </Link>
      </li>
    </ul>
  );
}

const without = (name: FilterName): Partial<JobsSearch> =>
  name === "from" || name === "to" ? { [name]: null } : { [name]: "" };
