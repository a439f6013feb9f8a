import type { ReactNode } from "react";
import { Button } from "./button.tsx";

interface ErrorStateProps {
  title: string;
  /** What happened and what can be done, in words. */
  children?: ReactNode;
  /** Something to quote, e.g. a request id. */
  reference?: string | null;
  onRetry?: (() => void) | undefined;
  /** It stands for the whole page, so its title is the page's. */
  page?: boolean;
}

export function ErrorState({ title, children, reference, onRetry, page }: ErrorStateProps) {
  const Heading = page ? "h1" : "h2";
  return (
    <div role="alert" className="mx-auto flex max-w-lg flex-col items-start gap-3 px-6 py-14">
      <Heading className="text-lg font-semibold">{title}</Heading>
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
