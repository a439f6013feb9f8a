import { expect, test } from "vitest";
import { cutAtHits, windowOnHit } from "./highlight.ts";

test("cuts at every hit, whatever its case", () => {
  expect(cutAtHits("a Tenant-88 and tenant-88", "tenant-88")).toEqual([
    { text: "a ", hit: false },
    { text: "Tenant-88", hit: true },
    { text: " and ", hit: false },
    { text: "tenant-88", hit: true },
  ]);
  expect(cutAtHits("İstanbul", "istanbul")).toEqual([{ text: "İstanbul", hit: false }]);
  expect(cutAtHits("x", "")).toEqual([{ text: "x", hit: false }]);
});

test("moves the window to a hit far to the right", () => {
  const text = `${"x".repeat(300)}tenant-88${"y".repeat(300)}`;
  expect(windowOnHit(text, "TENANT-88")).toMatch(/^…x{24}tenant-88y+$/);
  expect(windowOnHit("near tenant-88", "tenant-88")).toBe("near tenant-88");
});
