import { eventsQuery } from "@spillway/contract/schemas";
import type { Handler } from "hono";
import type { EventHub, Subscription } from "./hub.ts";

const HEADERS = {
  "Content-Type": "text/event-stream; charset=utf-8",
  "Cache-Control": "no-cache, no-transform",
  "X-Accel-Buffering": "no",
};

/** Serves the hub as server-sent events; `topic` (repeatable) narrows it, `Last-Event-ID` resumes. */
export function eventsHandler(hub: EventHub): Handler {
  return (c) => {
    const { topic = [] } = eventsQuery.parse({ topic: c.req.queries("topic") });
    const lastEventId = c.req.header("Last-Event-ID") ?? null;
    const subscription = hub.subscribe({ topics: topic, lastEventId });
    return c.body(toStream(subscription, c.req.raw.signal), 200, HEADERS);
  };
}

/** Asks the hub only when the reader has room: a stalled socket holds one frame. */
function toStream(subscription: Subscription, signal: AbortSignal): ReadableStream<Uint8Array> {
  const leave = (): void => subscription.leave();
  return new ReadableStream<Uint8Array>(
    {
      start() {
        if (signal.aborted) leave();
        else signal.addEventListener("abort", leave, { once: true });
      },
      async pull(controller) {
        const bytes = await subscription.take();
        if (bytes !== null) return controller.enqueue(bytes);
        signal.removeEventListener("abort", leave);
        leave();
        controller.close();
      },
      cancel: leave,
    },
    { highWaterMark: 1 },
  );
}
