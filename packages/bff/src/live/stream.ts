import { eventsQuery } from "@spillway/contract/schemas";
import type { Context } from "hono";
import type { EventHub, Subscription } from "./hub.ts";

const HEADERS = {
  "Content-Type": "text/event-stream; charset=utf-8",
  "Cache-Control": "no-cache, no-transform",
  "X-Accel-Buffering": "no",
};

/** What is the business of others when somebody looks. */
interface Looking {
  /** Counts it, or throws; returns what to call when nobody looks any more. */
  begin(): () => void;
  /** Calls back when whoever asked may look no more; returns how to stop waiting for that. */
  whenEnded(ended: (why: string) => void): (() => void) | undefined;
}

/** Serves the hub as server-sent events; `topic` (repeatable) narrows it, `Last-Event-ID` resumes. */
export function eventsHandler(hub: EventHub) {
  return (c: Context, { begin, whenEnded }: Looking): Response => {
    const { topic = [] } = eventsQuery.parse({ topic: c.req.queries("topic") });
    // Nobody would ever read it, so it would never end.
    if (c.req.raw.method === "HEAD") return c.body(null, 200, HEADERS);
    const lastEventId = c.req.header("Last-Event-ID") ?? null;
    const end = begin();
    const subscription = hub.subscribe({ topics: topic, lastEventId });
    const forget = whenEnded((why) => subscription.dismiss(why));
    const leave = (): void => {
      forget?.();
      subscription.leave();
      end();
    };
    return c.body(toStream({ ...subscription, leave }, c.req.raw.signal), 200, HEADERS);
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
