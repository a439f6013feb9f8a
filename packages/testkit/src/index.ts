export type { Client, ClientInit, Viewer } from "./worlds/client.ts";
export { createOutage, type Outage } from "./worlds/outage.ts";
export { sha256 } from "./worlds/sha256.ts";
export { createWorld, defaultConfig, type World, type WorldOptions } from "./worlds/world.ts";
