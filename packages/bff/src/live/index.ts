export { createFateBook } from "./fates.ts";
export { createHub, type EventHub } from "./hub.ts";
export { eventsHandler } from "./stream.ts";
