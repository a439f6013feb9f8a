import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { CodeMissing, loadAhead, loadCode } from "./code.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const failing = (times: number) => {
  let asked = 0;
  const get = vi.fn(async () => {
    if (asked++ < times) throw new TypeError("Failed to fetch dynamically imported module");
    return "code";
  });
  return get;
};

it("waits for a network that is away for a moment", async () => {
  const get = failing(3);
  const loaded = loadCode(get);
  await vi.runAllTimersAsync();
  expect(await loaded).toBe("code");
  expect(get).toHaveBeenCalledTimes(4);
});

it("says in the end what is missing", async () => {
  const loaded = expect(loadCode(failing(9))).rejects.toBeInstanceOf(CodeMissing);
  await vi.runAllTimersAsync();
  await loaded;
});

it("complains to nobody about what is only loaded ahead", async () => {
  const get = failing(1);
  loadAhead(get);
  await vi.runAllTimersAsync();
  expect(get).toHaveBeenCalledTimes(1);
});
