import { createManualClock } from "@spillway/engine-embedded";
import { expect, test } from "vitest";
import { Meter } from "./meter.ts";
import { networkOf } from "./network-of.ts";

test("a burst, then so many a second, each key by itself", async () => {
  const clock = createManualClock(0);
  const meter = new Meter(clock, { perSecond: 2, burst: 5 });
  const taken = (key: string, tries: number) =>
    Array.from({ length: tries }, () => meter.take(key)).filter((wait) => wait === 0).length;
  expect(taken("a", 9)).toBe(5);
  expect(meter.take("a")).toBe(500);
  expect(taken("b", 9)).toBe(5);
  await clock.advance(1_000);
  expect(taken("a", 9)).toBe(2);
  await clock.advance(60_000);
  expect(taken("a", 9)).toBe(5);
});

test("a clock that is put back keeps nobody out", () => {
  let now = 3_600_000;
  const meter = new Meter({ now: () => now, after: () => () => undefined }, { perSecond: 1, burst: 1 });
  expect(meter.take("a")).toBe(0);
  now = 0;
  expect(meter.take("a")).toBeLessThanOrEqual(1_000);
});

test("a flood of names is forgotten from its beginning", () => {
  const meter = new Meter(createManualClock(0), { perSecond: 1, burst: 1 });
  for (let i = 0; i < 25_000; i++) meter.take(`name-${i}`);
  expect(meter.size).toBe(10_000);
  expect(meter.take("name-24999")).toBeGreaterThan(0);
  expect(meter.take("name-0")).toBe(0);
});

test.each([
  ["10.1.2.3", "10.1.2.3"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:DB8:1:2::9", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  [null, "unknown"],
])("%s is of %s", (address, network) => expect(networkOf(address)).toBe(network));
