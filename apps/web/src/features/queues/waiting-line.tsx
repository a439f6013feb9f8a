import type { Marker, QueueSummary } from "@spillway/contract/schemas";
import { Link } from "react-router";
import { paths } from "../../lib/paths.ts";
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

/** How many waited lately, with a tick where something was changed; leads to the charts that tell more. */
export function WaitingLine({ queue, markers, asOf }: WaitingLineProps) {
  const { places, words } = sparkMarks(queue, markers, asOf);
  const label = `Waiting jobs of ${queue.name} lately${words === "" ? "" : `; ${words}`}`;
  return (
    <Link
      to={paths.queueMetrics(queue.name)}
      // The row leads to its queue by keyboard, and the queue to its charts.
      tabIndex={-1}
      data-tip={words === "" ? undefined : words}
      className={cx(aboveRowLink, "block w-fit")}
    >
      <Sparkline values={queue.spark.values} marks={places} label={label} />
    </Link>
  );
}
