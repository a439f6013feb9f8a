export { createFateBook } from "./fates.ts";
export { createHub, type EventHub, type HubOptions } from "./hub.ts";
export { eventsHandler } from "./stream.ts";
