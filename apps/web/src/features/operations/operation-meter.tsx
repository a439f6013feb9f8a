import type { Operation } from "@spillway/contract/schemas";
import { SegmentBar } from "../../ui/segment-bar.tsx";
import { isUnderWay } from "./is-under-way.ts";
import { operationStory } from "./operation-story.ts";

/**
 * How far it is and what came of it. What was put back is not well yet, so it has no colour of health: green is only
 * what completed.
 */
export function OperationMeter({ operation, size }: { operation: Operation; size?: "normal" | "tall" }) {
  return (
    <SegmentBar
      total={operation.matched}
      label={operationStory(operation)}
      segments={operation.kind === "redrive" ? fates(operation) : outcomes(operation)}
      {...(size === undefined ? {} : { size })}
    />
  );
}

/** Of those moved aside, how many are out again while they are put back or deleted. */
const done = ({ held, succeeded }: Operation): number =>
  held?.state === "restoring" || held?.state === "purging" ? succeeded - held.count : succeeded;

const outcomes = (operation: Operation) => [
  {
    key: "succeeded",
    value: done(operation),
    // What is over steps back.
    className: isUnderWay(operation) ? "text-accent" : "text-accent/45",
  },
  { key: "skipped", value: operation.skipped, className: "text-line-strong" },
  { key: "unknown", value: operation.unknown, className: "text-paused" },
  { key: "failed", value: operation.failed, className: "text-failed" },
];

function fates({ phases, skipped, failed, unknown }: Operation) {
  const sum = (count: (phase: Operation["phases"][number]) => number) =>
    phases.reduce((all, one) => all + count(one), 0);
  return [
    { key: "completed", value: sum((one) => one.completed_again), className: "text-completed" },
    { key: "open", value: sum((one) => one.still_open), className: "text-accent" },
    { key: "skipped", value: skipped, className: "text-line-strong" },
    { key: "unknown", value: unknown + sum((one) => one.gone), className: "text-paused" },
    { key: "failed", value: failed + sum((one) => one.failed_again), className: "text-failed" },
  ];
}
