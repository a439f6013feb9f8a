import type { Marker, QueueSummary } from "@spillway/contract/schemas";
import { shownMinute } from "../../lib/format.ts";
import { mostTelling } from "../../lib/telling.ts";

/** Where a line of one row has ticks, as places on its axis, and what they mean. */
export interface SparkMarks {
  places: number[];
  /** `23:42Z Moved to 2.14.0`; several with a dot between. Empty without any. */
  words: string;
}

/** More ticks than this in a row's line would be a fence. */
const most = 3;

/** What happened to a queue while its line was drawn; `asOf` is when the last value was taken, epoch ms. */
export function sparkMarks(
  { name, spark: { step_s: stepS, values } }: Pick<QueueSummary, "name" | "spark">,
  markers: readonly Marker[],
  asOf: number,
): SparkMarks {
  const last = values.length - 1;
  const placeOf = ({ at }: Marker) => last + (Date.parse(at) - asOf) / (stepS * 1000);
  const here = markers.filter(
    (one) =>
      one.kind !== "note" && (one.queue === null || one.queue === name) && isWithin(placeOf(one), last),
  );
  const told = mostTelling(here, most);
  return {
    places: told.map(placeOf),
    words: told.map((one) => `${shownMinute(one.at)} ${one.title}`).join(" · "),
  };
}

const isWithin = (place: number, last: number): boolean => last > 0 && place >= 0 && place <= last;
