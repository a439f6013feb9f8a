import type { JobState } from "@spillway/contract/schemas";
import { stateColour } from "../../ui/state-badge.tsx";

const paler = ["", "opacity-70", "opacity-50", "opacity-35", "opacity-20"];
/** So many groups are parts of the bar. */
export const parts = paler.length;

/** The look of a part of the bar, the largest first: one colour a state, paler from part to part, then that of the ground. */
export const tintOf = (state: JobState, rank: number): string =>
  rank < parts ? `${stateColour(state)} ${paler[rank]}` : "text-line-strong";
