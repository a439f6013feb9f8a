export { createActionMarkers } from "./action-markers.ts";
export { type Attempt, refusedIntent } from "./attempt.ts";
export type { Command, LongCommand, Notes, ShortCommand } from "./command.ts";
export { keyOf } from "./idempotency.ts";
export type { Licence } from "./licence.ts";
export { refused } from "./outcomes.ts";
export { pauseCommand } from "./pause-command.ts";
export { createDoor, type Door } from "./run-command.ts";
