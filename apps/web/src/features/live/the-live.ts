import { useEffect, useSyncExternalStore } from "react";
import { apiUrl } from "../../api/client.ts";
import { sessionQuery } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import { createLive, type LiveState } from "./live.ts";
import { type Pace, storedPace, storePace } from "./pace.ts";
import { sharedTransport } from "./shared-transport.ts";
import { eventSourceTransport } from "./transport.ts";

const stream = createLive({
  every: storedPace(),
  client: queryClient,
  // The demo answers inside the page, where a worker's requests do not come by.
  transport: import.meta.env.MODE === "demo" ? eventSourceTransport : sharedTransport,
  isThere: async () => (await fetch(apiUrl("getLivez", {}), { signal: AbortSignal.timeout(2_000) })).ok,
  // The server speaks at least every sample.
  silence: () => Math.max(20_000, 3_000 * (sampleSeconds() ?? 0)),
  url: (topics) => {
    const url = apiUrl("streamEvents", {});
    return topics.length === 0
      ? url
      : `${url}?${new URLSearchParams(topics.map((topic) => ["topic", topic]))}`;
  },
});

/** What this tab takes from the stream. */
export const live = {
  ...stream,
  setEvery(pace: Pace) {
    storePace(pace);
    stream.setEvery(pace);
  },
};

const sampleSeconds = () => queryClient.getQueryData(sessionQuery().queryKey)?.retention.metrics.step_s;

export const useLive = (): LiveState => useSyncExternalStore(live.state.subscribe, live.state.get);

/** While true, lists on screen stay as they are: rows must not move under a selection. */
export function useHold(held: boolean): void {
  useEffect(() => (held ? live.refresher.hold() : undefined), [held]);
}

/** Streams the metrics of this queue while the component is shown. */
export function useQueueTopic(queue: string): void {
  useEffect(() => live.watchQueue(queue), [queue]);
}
