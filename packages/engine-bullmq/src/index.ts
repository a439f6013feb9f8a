export { type BullmqEngineOptions, createBullmqEngine } from "./engine.ts";
export { parseRedisAddress, withoutLogin } from "./redis-address.ts";
export { redisFault } from "./redis-options.ts";
