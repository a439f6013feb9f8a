export { type AttachOptions, attachSpillway, type SpillwayAgent } from "./attach.ts";
export { Cancelled } from "./cancelled.ts";
export type { AttachableWorker } from "./worker.ts";
