import type { JobError } from "@spillway/engine";
import { type ErrorShapeKey, errorShape } from "./error-shape.ts";

const GENERATION = 1000;

/** Shapes of texts seen lately: two generations of 1,000, the older dropped when the younger is full. */
export class ShapeCache {
  #young = new Map<string, ErrorShapeKey>();
  #old = new Map<string, ErrorShapeKey>();

  shapeOf(error: JobError): ErrorShapeKey {
    const key = `${error.name ?? ""}\0${error.message}\0${error.stack ?? ""}`;
    const known = this.#young.get(key);
    if (known !== undefined) return known;
    const shape = this.#old.get(key) ?? errorShape(error);
    if (this.#young.size >= GENERATION) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, shape);
    return shape;
  }
}
