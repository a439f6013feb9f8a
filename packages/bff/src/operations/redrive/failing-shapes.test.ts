import { expect, test } from "vitest";
import { failingWords } from "./failing-shapes.ts";

const phase = (failedAgain: number, ...counts: number[]) => ({
  failedAgain,
  failingShapes: counts.map((count, i) => ({ shapeId: `v1:${i}`, title: `E${i + 1}`, count })),
});

test.each([
  ["", phase(3)],
  [" It fails with E1.", phase(1, 1)],
  [" All fail with E1.", phase(10, 10)],
  [" Most fail with E1.", phase(10, 6, 4)],
  [" 5 fail with E1, 5 with E2.", phase(10, 5, 5)],
  [" 4 fail with E1, 3 with E2.", phase(10, 4, 3, 3)],
])("what fails is called most only where most do: %j", (words, one) => {
  expect(failingWords(one)).toBe(words);
});
