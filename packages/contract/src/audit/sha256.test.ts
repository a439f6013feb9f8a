import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { sha256 } from "./sha256.ts";

test("it is the standard's", () => {
  const texts = [
    "",
    "abc",
    "ü".repeat(31),
    ...[54, 55, 56, 63, 64, 65, 119, 120, 1000].map((n) => "x".repeat(n)),
  ];
  for (const text of texts) expect(sha256(text)).toBe(createHash("sha256").update(text).digest("hex"));
});
