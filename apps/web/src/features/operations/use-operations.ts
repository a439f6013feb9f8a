import type { Operation } from "@spillway/contract/schemas";
import { useQuery } from "@tanstack/react-query";
import { openOperationsQuery } from "../../api/queries.ts";
import { useLive } from "../live/the-live.ts";
import { isUnderWay } from "./is-under-way.ts";

/** How often something that goes on by itself is asked for where no stream brings it, ms. */
const withoutStream = 2000;

/** And where the stream does, in case an event was lost: who stops something must not wait for it in vain. */
const withStream = 10_000;

/** For `refetchInterval` of what is under way; not while updates are paused. */
export function useAskAgain(): number | false {
  const { status } = useLive();
  if (status === "paused") return false;
  return status === "live" ? withStream : withoutStream;
}

/** What runs in the background now, of all queues, however long ago it began. */
export const useUnderWay = (): readonly Operation[] => useOpen().filter(isUnderWay);

/** What runs on one queue now, and what was taken out of it and can be put back. */
export const useTouching = (queue: string): readonly Operation[] =>
  useOpen(queue).filter((one) => isUnderWay(one) || one.held?.state === "held");

function useOpen(queue?: string): readonly Operation[] {
  const again = useAskAgain();
  const { data } = useQuery({
    ...openOperationsQuery(queue),
    refetchInterval: ({ state }) => (state.data?.items.some(isUnderWay) ? again : false),
  });
  return data?.items ?? none;
}

const none: readonly Operation[] = [];
