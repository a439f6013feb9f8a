import type { JobRow } from "@spillway/engine";
import { ShapeCache } from "@spillway/triage";
import type { Redactor } from "../../redaction/index.ts";
import type { Phase } from "./phase.ts";

/** More kinds of errors than this are no longer told apart. */
const MOST_SHAPES = 20;

/** Counts with what errors the jobs of a phase fail again. */
export class FailingShapes {
  readonly #cache: ShapeCache;

  constructor(redactor: Redactor) {
    this.#cache = new ShapeCache(redactor.value);
  }

  add(phase: Phase, { error }: JobRow): void {
    if (error === null) return;
    const { id, title } = this.#cache.shapeOf(error);
    const known = phase.failingShapes.find(({ shapeId }) => shapeId === id);
    if (known !== undefined) known.count++;
    else if (phase.failingShapes.length < MOST_SHAPES)
      phase.failingShapes.push({ shapeId: id, title, count: 1 });
    phase.failingShapes.sort((a, b) => b.count - a.count);
  }
}

/** ` Most fail with …`, only where most do; where none stands out the first two by their counts. Empty of none. */
export function failingWords({
  failingShapes,
  failedAgain,
}: Pick<Phase, "failingShapes" | "failedAgain">): string {
  const [worst, next] = failingShapes;
  if (worst === undefined) return "";
  if (worst.count >= failedAgain)
    return ` ${worst.count === 1 ? "It fails" : "All fail"} with ${worst.title}.`;
  if (next === undefined || worst.count * 2 > failedAgain) return ` Most fail with ${worst.title}.`;
  return ` ${worst.count} fail with ${worst.title}, ${next.count} with ${next.title}.`;
}
