import type { ReactNode } from "react";

interface EmptyStateProps {
  /** Which empty it is, as a sentence: none at all, none that match, not permitted, not sampled yet. */
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
}

export function EmptyState({ title, children, actions }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-12 text-center">
      <p className="font-medium">{title}</p>
      {children === undefined ? null : (
        <div className="max-w-lg text-sm text-balance text-dim">{children}</div>
      )}
      {actions === undefined ? null : (
        <div className="mt-2 flex flex-wrap justify-center gap-x-5 gap-y-2 text-sm">{actions}</div>
      )}
    </div>
  );
}
