import type { JobError } from "@spillway/engine";
import { type ErrorShapeKey, partsOf, shapeOfParts } from "./error-shape.ts";

/** Entries of each of the two generations of a cache. */
const GENERATION = 1000;

/**
 * Shapes of errors seen lately. Texts that came before cost a look-up; texts that differ only in their variable parts
 * cost reading them, but not naming the shape again.
 */
export class ShapeCache {
  readonly #byTexts = new TwoGenerations();
  readonly #byParts = new TwoGenerations();

  shapeOf(error: JobError): ErrorShapeKey {
    const texts = `${error.name === null ? "" : `n${error.name}`}\0${error.message}\0${error.stack ?? ""}`;
    return this.#byTexts.get(texts, () => {
      const parts = partsOf(error);
      const { name, pattern, top } = parts;
      const key = `${name === null ? "" : `n${name}`}\0${pattern}\0${top?.function ?? ""}\0${top?.file ?? ""}`;
      return this.#byParts.get(key, () => shapeOfParts(parts));
    });
  }
}

/** Keeps what was used lately: when the younger half is full it becomes the older, and the older goes. */
class TwoGenerations {
  #young = new Map<string, ErrorShapeKey>();
  #old = new Map<string, ErrorShapeKey>();

  get(key: string, make: () => ErrorShapeKey): ErrorShapeKey {
    const known = this.#young.get(key);
    if (known !== undefined) return known;
    const shape = this.#old.get(key) ?? make();
    if (this.#young.size >= GENERATION) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, shape);
    return shape;
  }
}
