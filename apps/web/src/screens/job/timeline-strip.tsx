import type { JobDetail } from "@spillway/contract/schemas";
import { useState } from "react";
import { shownShort, shownStamp } from "../../lib/format.ts";
import { cx } from "../../ui/cx.ts";
import { Elapsed } from "../../ui/relative-time.tsx";
import { StateIcon, stateColour } from "../../ui/state-badge.tsx";
import { serverNow } from "../../ui/use-now.ts";
import { type Step, timelineSteps } from "./timeline-steps.ts";

const most = 12;

/** The job's life from left to right: what it was, and for how long. On a phone one below the other, in three columns. */
export function TimelineStrip({ job }: { job: JobDetail }) {
  const [whole, showWhole] = useState(false);
  const steps = timelineSteps(job);
  if (steps.length === 0) return <p className="text-sm text-faint">The engine kept no history of it.</p>;
  const folded = whole || steps.length <= most ? 0 : steps.length - most + 1;
  const shown = folded === 0 ? steps : [...steps.slice(0, 3), ...steps.slice(3 + folded)];
  return (
    <ol aria-label="Timeline" className="flex flex-wrap gap-y-3 text-xs max-sm:flex-col max-sm:gap-y-2">
      {shown.map((step, index) => (
        <StripStep key={step.key} step={step} last={index === shown.length - 1}>
          {folded > 0 && index === 2 ? (
            <button
              type="button"
              className="mr-3 self-center rounded bg-raised px-2 py-0.5 text-dim hover:text-accent max-sm:col-span-3 max-sm:mt-2 max-sm:mr-0 max-sm:min-h-[44px]"
              onClick={() => showWhole(true)}
            >
              {folded} more
            </button>
          ) : null}
        </StripStep>
      ))}
    </ol>
  );
}

const between = "h-px min-w-2 flex-1 bg-line-strong max-sm:hidden";

interface StripStepProps {
  step: Step;
  last: boolean;
  children: React.ReactNode;
}

function StripStep({ step, last, children }: StripStepProps) {
  const tip = [
    step.at === null ? null : shownStamp(step.at),
    step.worker === null ? null : `on ${step.worker}`,
    step.detail,
  ]
    .filter((part) => part !== null)
    .join(" · ");
  return (
    <li className="flex items-stretch max-sm:grid max-sm:grid-cols-[1fr_max-content_5rem] max-sm:gap-x-2">
      <div className="flex flex-col gap-1 pr-1 max-sm:contents" data-tip={tip.slice(0, 400)}>
        <span
          className={cx("flex items-center gap-1.5 font-medium whitespace-nowrap", stateColour(step.look))}
        >
          <StateIcon state={step.look} size={14} />
          {step.words}
        </span>
        <span className="text-faint">
          {step.at === null ? (
            "time not kept"
          ) : (
            <time dateTime={step.at}>{shownShort(step.at, serverNow())}</time>
          )}
        </span>
      </div>
      {step.since === null ? null : (
        <span className="ml-2 text-dim max-sm:ml-0 max-sm:text-right">
          <Elapsed since={step.since} />
        </span>
      )}
      {last ? null : (
        <span className="mx-2 flex h-4 min-w-10 items-center gap-1.5 text-2xs whitespace-nowrap text-dim max-sm:mx-0 max-sm:justify-end max-sm:text-xs">
          <span aria-hidden className={between} />
          {step.lasted}
          <span aria-hidden className={between} />
        </span>
      )}
      {children}
    </li>
  );
}
