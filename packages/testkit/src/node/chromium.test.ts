import { expect, it } from "vitest";
import { findChromium } from "./chromium.ts";

it("names CHROMIUM before the PATH, and null where there is none", () => {
  expect(findChromium({ CHROMIUM: "/opt/chromium", PATH: "/usr/bin" })).toBe("/opt/chromium");
  expect(findChromium({ PATH: "/nowhere" })).toBeNull();
});
