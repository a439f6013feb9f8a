import { describe, expect, it } from "vitest";
import { createManualClock, realClock } from "./clock.ts";

describe("clocks", () => {
  it("a manual clock fires timers in order and lets their consequences run in between", async () => {
    const clock = createManualClock(0);
    const log: string[] = [];
    clock.after(20, () => log.push(`b at ${clock.now()}`));
    clock.after(10, () => {
      void Promise.resolve().then(() => clock.after(5, () => log.push(`a's at ${clock.now()}`)));
    });
    await clock.advance(30);
    expect(log).toEqual(["a's at 15", "b at 20"]);
    expect(clock.now()).toBe(30);
  });

  it("a manual clock's timer can be called off", async () => {
    const clock = createManualClock(0);
    let fired = false;
    clock.after(10, () => {
      fired = true;
    })();
    await clock.advance(20);
    expect(fired).toBe(false);
  });

  it("the real clock goes by itself and can be called off", async () => {
    const clock = realClock();
    const before = clock.now();
    let fired = false;
    const cancel = clock.after(1, () => {
      fired = true;
    });
    cancel();
    await new Promise<void>((resolve) => {
      const keepAlive = setTimeout(() => undefined, 1000);
      clock.after(5, () => {
        clearTimeout(keepAlive);
        resolve();
      });
    });
    expect(fired).toBe(false);
    expect(clock.now()).toBeGreaterThan(before);
  });
});
