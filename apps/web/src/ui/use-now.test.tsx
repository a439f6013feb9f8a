import { render } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Elapsed } from "./relative-time.tsx";
import { setClockSkew } from "./use-now.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("counts from the true time at once, though nobody listened for a while", () => {
  vi.setSystemTime(Date.parse("2026-11-23T14:00:00.000Z"));
  setClockSkew(0);
  const first = render(<Elapsed since="2026-11-23T13:59:59.500Z" />);
  expect(first.container.textContent).toBe("0 s");
  first.unmount();
  vi.setSystemTime(Date.parse("2026-11-23T14:05:00.000Z"));
  const later = render(<Elapsed since="2026-11-23T14:04:55.000Z" />);
  expect(later.container.textContent).toBe("5 s");
});
