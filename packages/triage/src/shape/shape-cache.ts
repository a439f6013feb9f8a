import type { JobError } from "@spillway/engine";
import {
  type Conceal,
  type ErrorShapeKey,
  partsOf,
  type Reading,
  type ShapeParts,
  shapeOfParts,
} from "./error-shape.ts";
import { PatternMemo } from "./pattern-memo.ts";
import { type Frame, parseFrame, topAppFrame } from "./stack.ts";

/** Entries of each of the two generations of a cache. */
const GENERATION = 1000;
/** Shapes of one message remembered. */
const MOST_ALIKE = 16;

interface Known extends ShapeParts {
  shape: ErrorShapeKey;
}

/**
 * Shapes of errors seen lately. A message or a frame that came before costs a look-up; an error that differs only in its
 * variable parts costs reading it, but not naming its shape again.
 */
export class ShapeCache {
  readonly #conceal: Conceal | undefined;
  readonly #messages = new PatternMemo();
  readonly #frames = new TwoGenerations<Frame | null>();
  readonly #tops = new TwoGenerations<Frame | null>();
  readonly #shapes = new TwoGenerations<Known[]>();
  readonly #reading: Reading = {
    patternOf: (message) => this.#messages.patternOf(message),
    topOf: (stack) => (stack.startsWith("\n") ? this.#tops.get(stack, this.#read) : this.#read(stack)),
  };
  /** Whole stacks are keys only without the message at their head: else each is another, and hashing it takes longer than this. */
  readonly #read = (stack: string): Frame | null => topAppFrame(stack, this.#frameOf);
  // The first line repeats the message.
  readonly #frameOf = (line: string): Frame | null =>
    line.startsWith("  ") ? this.#frames.get(line, parseFrame) : parseFrame(line);

  constructor(conceal?: Conceal) {
    this.#conceal = conceal;
  }

  /** The same object for the same shape, as long as it is remembered. */
  shapeOf(error: JobError): ErrorShapeKey {
    const parts = partsOf(error, this.#reading);
    const alike = this.#shapes.get(parts.pattern, () => []);
    const known = alike.find((each) => isSame(each, parts));
    if (known !== undefined) return known.shape;
    const shape = shapeOfParts(parts, this.#conceal);
    if (alike.length >= MOST_ALIKE) alike.length = 0;
    alike.push({ ...parts, shape });
    return shape;
  }
}

function isSame(a: ShapeParts, b: ShapeParts): boolean {
  return (
    a.name === b.name &&
    a.pattern === b.pattern &&
    a.top?.function === b.top?.function &&
    a.top?.file === b.top?.file
  );
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
