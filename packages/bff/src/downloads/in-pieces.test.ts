import { expect, test } from "vitest";
import { inPieces } from "./in-pieces.ts";

const rows = Array.from({ length: 1_234 }, (_, i) => i);

test("a long file is made as it is read, no row twice or left out", async () => {
  const pieces: number[] = [];
  const print = (some: readonly number[], from: number) => {
    pieces.push(some.length);
    return `${from}:${some.join()};`;
  };
  const reader = inPieces(rows, print).getReader();
  await Promise.resolve();
  expect(pieces).toEqual([]);
  await reader.read();
  expect(pieces).toEqual([500]);
  await reader.cancel();
  const text = await new Response(inPieces(rows, print)).text();
  expect(text).toBe(
    `0:${rows.slice(0, 500).join()};500:${rows.slice(500, 1_000).join()};1000:${rows.slice(1_000).join()};`,
  );
});

test("of no rows there is one piece, as it may have a head", async () => {
  expect(await new Response(inPieces([], () => "head")).text()).toBe("head");
});
