export { getBreakdown } from "./breakdown.ts";
export { createShapesReader, type ShapesReader } from "./shapes.ts";
