export { type BullmqEngineOptions, createBullmqEngine } from "./engine.ts";
