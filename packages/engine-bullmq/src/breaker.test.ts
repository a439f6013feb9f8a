import { expect, it } from "vitest";
import { createBreaker } from "./breaker.ts";

it("refuses after three misses in a row, lets one through a second, and all once one is answered", () => {
  let now = 0;
  const breaker = createBreaker(() => now);
  breaker.missed();
  breaker.missed();
  breaker.answered();
  breaker.missed();
  breaker.missed();
  expect(breaker.admits()).toBe(true);
  breaker.missed();
  expect(breaker.admits()).toBe(false);
  now = 1_000;
  expect([breaker.admits(), breaker.admits()]).toEqual([true, false]);
  breaker.missed();
  now = 1_999;
  expect(breaker.admits()).toBe(false);
  now = 2_000;
  expect(breaker.admits()).toBe(true);
  breaker.answered();
  expect([breaker.admits(), breaker.admits()]).toEqual([true, true]);
});
