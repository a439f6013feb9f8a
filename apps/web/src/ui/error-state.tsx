import type { ReactNode } from "react";
import { Button } from "./button.tsx";

interface ErrorStateProps {
  title: string;
  /** What happened and what can be done, in words. */
  children?: ReactNode;
  /** Something to quote, e.g. a request id. */
  reference?: string | null;
  onRetry?: (() => void) | undefined;
}

export function ErrorState({ title, children, reference, onRetry }: ErrorStateProps) {
  return (
    <div role="alert" className="mx-auto flex max-w-lg flex-col items-start gap-3 px-6 py-14">
      <h2 className="text-lg font-semibold">{title}</h2>
      {children === undefined ? null : <div className="text-dim">{children}</div>}
      {onRetry === undefined ? null : (
        <Button tone="primary" onClick={onRetry}>
          Try again
        </Button>
      )}
      {reference ? <p className="font-mono text-xs text-faint">{reference}</p> : null}
    </div>
  );
}
