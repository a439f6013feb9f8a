import { describe, expect, it } from "vitest";
import { errorShape } from "../src/index.ts";
import { CORPUS, labelledErrors } from "./corpus.ts";

const errors = labelledErrors().map(({ group, error }) => ({ group, error, shape: errorShape(error) }));

describe("the labelled corpus", () => {
  it("holds at least 200 errors in at least 40 groups", () => {
    expect(errors.length).toBeGreaterThanOrEqual(200);
    expect(CORPUS.length).toBeGreaterThanOrEqual(40);
    expect(new Set(CORPUS.map((group) => group.group)).size).toBe(CORPUS.length);
  });

  it("is grouped with a pairwise F1 of at least 0.95", () => {
    let both = 0;
    let truly = 0;
    let shaped = 0;
    const wrong = new Set<string>();
    for (const [i, a] of errors.entries())
      for (const b of errors.slice(i + 1)) {
        const sameGroup = a.group === b.group;
        const sameShape = a.shape.id === b.shape.id;
        if (sameGroup) truly++;
        if (sameShape) shaped++;
        if (sameGroup && sameShape) both++;
        if (sameGroup !== sameShape) wrong.add(`${a.shape.title} | ${b.shape.title}`);
      }
    const precision = both / shaped;
    const recall = both / truly;
    const f1 = (2 * precision * recall) / (precision + recall);
    expect({ f1, wrong: [...wrong] }).toSatisfy((result: { f1: number }) => result.f1 >= 0.95);
  });

  it("never merges two error names", () => {
    const names = new Map<string, string | null>();
    for (const { shape } of errors) {
      expect(names.get(shape.id) ?? shape.errorName).toBe(shape.errorName);
      names.set(shape.id, shape.errorName);
    }
  });
});
