export { type ErrorShapeKey, errorShape } from "./shape/error-shape.ts";
export { messagePattern } from "./shape/message-pattern.ts";
export { type Frame, parseStack } from "./shape/stack.ts";
