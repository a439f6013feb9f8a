export { type BreakdownDeps, getBreakdown } from "./breakdown.ts";
export { createShapesReader, type ShapesDeps, type ShapesReader } from "./shapes.ts";
