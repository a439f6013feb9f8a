import type { Operation } from "@spillway/contract/schemas";
import type { ReactNode } from "react";
import { OperationMeter } from "../../features/operations/operation-meter.tsx";
import { operationStory } from "../../features/operations/operation-story.ts";
import { formatRate } from "../../lib/format.ts";
import { Panel } from "../../ui/panel.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";

/** Which jobs, how far and how well, why it stands where it stands, and whether it helps. */
export function Story({ operation, stillRuns }: { operation: Operation; stillRuns: ReactNode }) {
  // Why it waits for somebody says how its jobs did, too.
  const asks = operation.state === "awaiting_operator" ? operation.note : null;
  const headline = asks ?? operationStory(operation);
  return (
    <Panel tone={toneOf(operation)}>
      <p className="text-sm text-dim [overflow-wrap:anywhere]">{operation.selection.text}</p>
      <p className="mt-1 text-base font-medium">{headline}</p>
      {operation.state !== "scheduled" || operation.starts_at === null ? null : (
        <p className="mt-0.5 text-sm text-dim">
          Begins <RelativeTime at={operation.starts_at} />; it can be stopped at any time.
        </p>
      )}
      {operation.note === null || headline === operation.note ? null : (
        <p className="mt-0.5">{operation.note}</p>
      )}
      {stillRuns}
      <div className="mt-3">
        <OperationMeter operation={operation} />
      </div>
      <FailingNow operation={operation} />
    </Panel>
  );
}

function toneOf({ state, note }: Operation): "plain" | "warn" | "danger" {
  if (state === "failed") return "danger";
  const asks = state === "awaiting_operator" || state === "paused";
  // A note on what should run says what keeps it from running.
  return asks || (state === "running" && note !== null) ? "warn" : "plain";
}

/** Failed attempts of the whole queue before it began, and now. */
function FailingNow({ operation: { queue, failing_per_min, state } }: { operation: Operation }) {
  if (failing_per_min === null) return null;
  const { before, now } = failing_per_min;
  const worse = before !== null && now !== null && now > before;
  return (
    <p className="mt-2.5 text-sm text-dim">
      In {queue},{" "}
      <strong className={worse ? "text-failed" : "text-text"}>{formatRate(now)} runs a minute fail</strong>{" "}
      now; {formatRate(before)} did {state === "scheduled" ? "when it was ordered" : "before it began"}.
    </p>
  );
}
