import { useEffect, useSyncExternalStore } from "react";
import { apiUrl } from "../../api/client.ts";
import { queryClient } from "../../api/query-client.ts";
import { createLive, type LiveState } from "./live.ts";
import { sharedTransport } from "./shared-transport.ts";
import { eventSourceTransport } from "./transport.ts";

/** What this tab takes from the stream. */
export const live = createLive({
  client: queryClient,
  // The demo answers inside the page, where a worker's requests do not come by.
  transport: import.meta.env.MODE === "demo" ? eventSourceTransport : sharedTransport,
  url: (topics) => {
    const url = apiUrl("streamEvents", {});
    return topics.length === 0
      ? url
      : `${url}?${new URLSearchParams(topics.map((topic) => ["topic", topic]))}`;
  },
});

export const useLive = (): LiveState => useSyncExternalStore(live.state.subscribe, live.state.get);

/** While true, lists on screen stay as they are: rows must not move under a selection. */
export function useHold(held: boolean): void {
  useEffect(() => (held ? live.refresher.hold() : undefined), [held]);
}

/** Streams the metrics of this queue while the component is shown. */
export function useQueueTopic(queue: string): void {
  useEffect(() => live.watchQueue(queue), [queue]);
}
