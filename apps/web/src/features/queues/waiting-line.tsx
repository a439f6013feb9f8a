import type { Marker, QueueSummary } from "@spillway/contract/schemas";
import { cx } from "../../ui/cx.ts";
import { Sparkline } from "../../ui/sparkline.tsx";
import { aboveRowLink } from "../../ui/table.tsx";
import { sparkMarks } from "./spark-marks.ts";

interface WaitingLineProps {
  queue: QueueSummary;
  markers: readonly Marker[];
  /** When its last value was taken, epoch ms. */
  asOf: number;
}

/** How many waited lately, with a tick where something was changed. */
export function WaitingLine({ queue, markers, asOf }: WaitingLineProps) {
  const { places, words } = sparkMarks(queue, markers, asOf);
  const label = `Waiting jobs of ${queue.name} lately`;
  if (places.length === 0) return <Sparkline values={queue.spark.values} label={label} />;
  return (
    <span data-tip={words} className={cx(aboveRowLink, "block w-fit")}>
      <Sparkline values={queue.spark.values} marks={places} label={`${label}; ${words}`} />
    </span>
  );
}
