import { formatCount } from "../lib/format.ts";

interface PaginationProps {
  page: number;
  size: number;
  total: number;
  /** Brings the link to a page. */
  link: (page: number, text: string) => React.ReactNode;
}

/** Which rows of how many, and links to the pages around; pages are places with an address. */
export function Pagination({ page, size, total, link }: PaginationProps) {
  const pages = Math.max(1, Math.ceil(total / size));
  const from = total === 0 ? 0 : (page - 1) * size + 1;
  if (page > pages) {
    return (
      <p className="text-xs text-dim">
        Page {formatCount(page)} is past the end. {link(pages, "Go to the last page")}
      </p>
    );
  }
  return (
    <nav aria-label="Pages" className="flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-dim">
      <span>
        {formatCount(from)}–{formatCount(Math.min(page * size, total))} of {formatCount(total)}
      </span>
      {pages === 1 ? null : (
        <span className="flex gap-3">
          {page > 2 ? link(1, "First") : null}
          {page > 1 ? link(page - 1, "Previous") : null}
          {page < pages ? link(page + 1, "Next") : null}
          {page < pages - 1 ? link(pages, "Last") : null}
        </span>
      )}
    </nav>
  );
}
