import type { Freezing } from "./freezing.ts";

/** So many error shapes of a selection are told apart once it is acted on; the commonest. */
export const MOST_SHAPES = 200;
/** And so many are named on record. */
const MOST_NAMED = 20;

/** For the record, so that a search for an error finds what was done to many that had failed so. */
export function shapesOf({ groups }: Freezing): { error_shapes?: string[] } {
  const { ids } = groups.shapes(MOST_NAMED);
  return ids.length === 0 ? {} : { error_shapes: ids };
}
