import fc from "fast-check";
import { expect, it } from "vitest";
import { messagePattern } from "./message-pattern.ts";
import { PatternMemo } from "./pattern-memo.ts";

const PIECES = [
  ..."0123456789abcdefxXzZ :.,-_/@'\"()[]=#%".split(""),
  "0x1F",
  "Order 17",
  " 10.0.3.7:443",
  "2026-11-24T10:00:00Z",
  "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
  "01ARZ3NDEKTSV4RRFFQ69G5FAV",
  "cus_Nf8r2",
  "900 ms",
  "https://a.example/b/1?c=2",
  "Tue, 24 Nov",
];

it("tells what reading the message anew tells, whatever came before", () => {
  const message = fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join(""));
  const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 8, maxLength: 8 });
  fc.assert(
    fc.property(message, digits, (text, other) => {
      const memo = new PatternMemo();
      memo.patternOf(text);
      let n = 0;
      const changed = text.replace(/\d/g, () => String(other[n++ % other.length]));
      for (const each of [text, changed]) expect(memo.patternOf(each)).toBe(messagePattern(each));
    }),
    { numRuns: 3_000 },
  );
});

it("tells apart what differs in more than digits, in whatever order it comes", () => {
  const memo = new PatternMemo();
  for (let round = 0; round < 2; round++)
    for (let i = 0; i < 20_000; i++) {
      const message = `table t${String.fromCharCode(97 + (i % 26))}${i % 7}x${i} is gone, says ${"x".repeat(i % 5)}`;
      expect(memo.patternOf(message)).toBe(messagePattern(message));
    }
});
