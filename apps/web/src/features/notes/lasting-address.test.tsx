import { render } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { lastingAddress, useLastingAddress } from "./lasting-address.ts";

afterEach(() => history.replaceState(null, "", "/"));

it("closes a range that is open at its end, and leaves others alone", () => {
  history.replaceState(null, "", "/queues/a/dlq?from=2026-11-23T14%3A00%3A00.000Z");
  expect(new URL(lastingAddress()).searchParams.get("to")).toMatch(/^\d{4}-\d\d-\d\dT/);
  history.replaceState(null, "", "/queues/a/dlq?shape=x");
  expect(new URL(lastingAddress()).search).toBe("?shape=x");
});

function Screen() {
  useLastingAddress(() => "https://ops/metrics?from=a&to=b");
  return null;
}

it("asks the screen while it is shown", () => {
  const { unmount } = render(<Screen />);
  expect(lastingAddress()).toBe("https://ops/metrics?from=a&to=b");
  unmount();
  expect(lastingAddress()).toBe(location.href);
});
