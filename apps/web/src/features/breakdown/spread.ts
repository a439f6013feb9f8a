import type { Breakdown } from "@spillway/contract/schemas";
import { formatCount, formatShare } from "../../lib/format.ts";
import { isUnknown, nounOf } from "./breakdown-keys.ts";

/** From this share on one group is the story, and so many groups at most are named together. */
const most = 0.75;
const few = 3;
const nearlyAll = 0.8;

/** Single or broad, as a sentence: `Mostly one task: mail.send, 98 %`. Empty where there are no jobs. */
export function spreadWords(by: string, { groups, groups_total: total }: Breakdown): string {
  const [first] = groups;
  if (first === undefined) return "";
  const [one, many] = nounOf(by);
  if (isUnknown(by, first.key) && first.share >= most)
    return `No ${one} is known of ${total === 1 ? "any" : formatShare(first.share)}`;
  if (total === 1) return `One ${one} only: ${first.key}`;
  if (first.share >= most) return `Mostly one ${one}: ${first.key}, ${formatShare(first.share)}`;
  const { count, share } = leading(groups.map((group) => group.share));
  if (share >= nearlyAll && count <= few)
    return count === total
      ? `${formatCount(total)} ${many}, the largest ${formatShare(first.share)}`
      : `${formatCount(count)} of ${formatCount(total)} ${many} make ${formatShare(share)}`;
  return `Broad: ${formatCount(total)} ${many}, the largest ${formatShare(first.share)}`;
}

/** How many of the largest make nearly all, and what they make. */
function leading(shares: readonly number[]): { count: number; share: number } {
  let share = 0;
  for (const [index, one] of shares.entries()) {
    share += one;
    if (share >= nearlyAll) return { count: index + 1, share };
  }
  return { count: shares.length, share };
}
