import { describe, expect, it } from "vitest";
import { Receipts } from "./receipts.ts";

const DAY = 24 * 3_600_000;

function set() {
  const receipts = new Receipts();
  let done = 0;
  const ask = async (receipt: string, now: number, size = 1): Promise<number> => {
    const before = done;
    await receipts.once(receipt, now, size, async () => {
      done += 1;
      return [];
    });
    return done - before;
  };
  return { receipts, ask };
}

describe("receipts", () => {
  it("let a call be done once within a day, and again after it", async () => {
    const { ask } = set();
    expect(await ask("a", 0)).toBe(1);
    expect(await ask("a", DAY)).toBe(0);
    expect(await ask("b", DAY)).toBe(1);
    expect(await ask("a", DAY + 1)).toBe(1);
    expect(await ask("b", DAY + 1)).toBe(0);
  });

  it("are forgotten oldest first beyond ten thousand", async () => {
    const { ask } = set();
    for (let each = 0; each < 10_001; each += 1) await ask(`${each}`, 0);
    expect(await ask("1", 0)).toBe(0);
    expect(await ask("10000", 0)).toBe(0);
    expect(await ask("0", 0)).toBe(1);
  });

  it("are forgotten oldest first beyond a quarter of a million results", async () => {
    const { ask } = set();
    for (let each = 0; each < 1251; each += 1) await ask(`${each}`, 0, 200);
    expect(await ask("1", 0)).toBe(0);
    expect(await ask("0", 0)).toBe(1);
  });

  it("tell one who asks in the middle of a call what comes of it", async () => {
    const { receipts } = set();
    let finish = (): void => {};
    const first = receipts.once("a", 0, 1, async () => {
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      return [{ id: "1", outcome: "done", state: null, version: null, message: null }];
    });
    const second = receipts.once("a", 0, 1, async () => []);
    finish();
    expect(await second).toBe(await first);
  });

  it("can all be forgotten", async () => {
    const { receipts, ask } = set();
    await ask("a", 0);
    receipts.clear();
    expect(await ask("a", 0)).toBe(1);
  });
});
