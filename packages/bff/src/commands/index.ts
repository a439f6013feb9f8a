export { createActionMarkers } from "./action-markers.ts";
export type { Attempt } from "./attempt.ts";
export type { Command, Notes } from "./command.ts";
export { keyOf } from "./idempotency.ts";
export { createDoor, type Door } from "./run-command.ts";
