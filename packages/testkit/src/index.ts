export { createPolicy } from "@spillway/bff";
export type { Client, ClientInit, Viewer } from "./worlds/client.ts";
export { createOutage, type Outage } from "./worlds/outage.ts";
export { createWorld, defaultConfig, type World, type WorldOptions } from "./worlds/world.ts";
