import type { ReactNode } from "react";

interface PageHeaderProps {
  title: ReactNode;
  /** Links to where this page belongs, before the title. */
  crumbs?: ReactNode;
  /** Beside the title: state, count, time. */
  note?: ReactNode;
  actions?: ReactNode;
}

/** The one `h1` of a screen. */
export function PageHeader({ title, crumbs, note, actions }: PageHeaderProps) {
  return (
    <header className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-2">
      {crumbs === undefined ? null : (
        <nav
          aria-label="Breadcrumb"
          className="flex items-center gap-2 text-dim touch:[&_a]:py-3 [&_a]:hover:text-accent"
        >
          {crumbs}
          <span aria-hidden className="text-faint">
            /
          </span>
        </nav>
      )}
      <h1 className="min-w-0 text-lg font-semibold tracking-tight [overflow-wrap:anywhere]">{title}</h1>
      {note === undefined ? null : (
        <div className="flex min-w-0 flex-wrap items-center gap-2 text-sm text-dim">{note}</div>
      )}
      {actions === undefined ? null : <div className="ml-auto flex items-center gap-2">{actions}</div>}
    </header>
  );
}
