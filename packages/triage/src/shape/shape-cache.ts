import type { JobError } from "@spillway/engine";
import { type ErrorShapeKey, partsOf, type Reading, shapeOfParts } from "./error-shape.ts";
import { messagePattern } from "./message-pattern.ts";
import { type Frame, parseFrame } from "./stack.ts";

/** Entries of each of the two generations of a cache. */
const GENERATION = 1000;

/**
 * Shapes of errors seen lately. A message or a frame that came before costs a look-up; an error that differs only in its
 * variable parts costs reading it, but not naming its shape again. Whole stacks are no keys: hashing one takes longer
 * than reading its top.
 */
export class ShapeCache {
  readonly #patterns = new TwoGenerations<string>();
  readonly #frames = new TwoGenerations<Frame | null>();
  readonly #shapes = new TwoGenerations<ErrorShapeKey>();
  readonly #reading: Reading = {
    patternOf: (message) => this.#patterns.get(message, messagePattern),
    // The first line repeats the message.
    frameOf: (line) => (line.startsWith("  ") ? this.#frames.get(line, parseFrame) : parseFrame(line)),
  };

  shapeOf(error: JobError): ErrorShapeKey {
    const parts = partsOf(error, this.#reading);
    const { name, pattern, top } = parts;
    const key = `${name === null ? "" : `n${name}`}\0${pattern}\0${top?.function ?? ""}\0${top?.file ?? ""}`;
    return this.#shapes.get(key, () => shapeOfParts(parts));
  }
}

/** Keeps what was used lately: when the younger half is full it becomes the older, and the older goes. */
class TwoGenerations<T> {
  #young = new Map<string, T>();
  #old = new Map<string, T>();

  get(key: string, make: (key: string) => T): T {
    const known = this.#young.get(key);
    if (known !== undefined) return known;
    const old = this.#old.get(key);
    const value = old === undefined ? make(key) : old;
    if (this.#young.size >= GENERATION) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, value);
    return value;
  }
}
