import type { Movement } from "@spillway/contract/schemas";
import { shownMinute } from "../../lib/format.ts";

/** Whether a flow rose beyond noise. */
export const rose = ({ now, before }: { now: number | null; before: number | null }): boolean =>
  now !== null && before !== null && now >= 1 && now > before * 1.5;

/** From so soon on that it is half an hour, give or take a tick. */
const wholeMs = 34 * 60_000;

/** Before what it was otherwise: `before 14:01Z`; `in the half hour before`, or of less `since 14:00Z`. `now`: epoch ms. */
export function whenWords(
  { before_from: from }: Pick<Movement, "before_from">,
  since: string | null,
  now: number,
): string {
  if (since !== null) return `before ${shownMinute(since)}`;
  return from === null || Date.parse(from) <= now - wholeMs
    ? "in the half hour before"
    : `since ${shownMinute(from)}`;
}
