import type { ReactNode } from "react";
import { StateIcon, type StateWord } from "./state-badge.tsx";

export interface TimelineStep {
  key: string;
  state: StateWord;
  title: ReactNode;
  at: ReactNode;
  /** How long until the next step. */
  lasted?: string;
  note?: ReactNode;
}

/** What happened, oldest first, top to bottom. */
export function Timeline({ steps, label }: { steps: readonly TimelineStep[]; label: string }) {
  return (
    <ol aria-label={label} className="text-sm">
      {steps.map((step) => (
        <li key={step.key} className="group relative flex gap-3 pb-4 last:pb-0">
          <span className="relative z-1 mt-0.5 flex size-5 shrink-0 items-center justify-center rounded-full border border-line bg-panel">
            <StateIcon state={step.state} size={12} />
          </span>
          <span aria-hidden className="absolute top-5 bottom-0 left-2.5 w-px bg-line group-last:hidden" />
          <div className="min-w-0 flex-1">
            <div className="flex flex-wrap items-baseline gap-x-3">
              <span className="font-medium">{step.title}</span>
              <span className="text-xs text-dim">{step.at}</span>
              {step.lasted === undefined ? null : (
                <span className="ml-auto text-xs text-faint">{step.lasted}</span>
              )}
            </div>
            {step.note === undefined ? null : (
              <div className="text-xs text-dim [overflow-wrap:anywhere]">{step.note}</div>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}
