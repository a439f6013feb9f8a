import type { Handlers } from "../http/handlers.ts";
import { eventsHandler } from "../live/index.ts";
import type { Room } from "./room.ts";

type LiveRoom = Pick<Room, "hub" | "authenticator" | "limiter" | "peerAddress">;

export function liveRoutes({
  hub,
  authenticator,
  limiter,
  peerAddress,
}: LiveRoom): Pick<Handlers, "streamEvents"> {
  const stream = eventsHandler(hub);
  return {
    streamEvents: ({ c, actor }) =>
      stream(c, {
        begin: () => limiter.openStream(actor, peerAddress(c.env)),
        whenEnded: (ended) =>
          authenticator.whenEnded?.(actor, ended, { request: c.req.raw, bindings: c.env }),
      }),
  };
}
