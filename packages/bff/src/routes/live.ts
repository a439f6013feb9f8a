import type { Handlers } from "../http/handlers.ts";
import { eventsHandler } from "../live/index.ts";
import type { Room } from "./room.ts";

export function liveRoutes({ hub, authenticator }: Room): Pick<Handlers, "streamEvents"> {
  const stream = eventsHandler(hub);
  return { streamEvents: ({ c, actor }) => stream(c, (ended) => authenticator.whenEnded?.(actor, ended)) };
}
