export { getBreakdown } from "./breakdown.ts";
export { earlierRetries } from "./earlier-retries.ts";
export { createShapesReader, type ShapesReader } from "./shapes.ts";
