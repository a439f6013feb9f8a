import { expect, test } from "vitest";
import { inPieces } from "./in-pieces.ts";

const rows = Array.from({ length: 1_234 }, (_, i) => i);

test("a long file is made as it is taken, no row twice or left out", async () => {
  const sizes: number[] = [];
  const print = (some: readonly number[], from: number) => {
    sizes.push(some.length);
    return `${from}:${some.join()};`;
  };
  const begun = inPieces(rows, print);
  await Promise.resolve();
  expect([sizes, begun.rows()]).toEqual([[], 0]);
  await begun.texts.next();
  expect([sizes, begun.rows()]).toEqual([[500], 500]);
  await begun.texts.return();
  const whole = inPieces(rows, print);
  const texts = await Array.fromAsync(whole.texts);
  expect(texts.join("")).toBe(
    `0:${rows.slice(0, 500).join()};500:${rows.slice(500, 1_000).join()};1000:${rows.slice(1_000).join()};`,
  );
  expect(whole.rows()).toBe(rows.length);
});

test("of no rows there is one piece, as it may have a head", async () => {
  const none = inPieces([], () => "head");
  expect([await Array.fromAsync(none.texts), none.rows()]).toEqual([["head"], 0]);
});
