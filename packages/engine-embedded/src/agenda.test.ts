import { describe, expect, it } from "vitest";
import { Agenda } from "./agenda.ts";
import { createManualClock } from "./clock.ts";

describe("an agenda", () => {
  it("does things in order of time, and of asking within the same time", async () => {
    const clock = createManualClock(1000);
    const agenda = new Agenda(clock);
    const done: string[] = [];
    agenda.at(1300, () => done.push("late"));
    agenda.at(1100, () => done.push("early"));
    agenda.at(1100, () => done.push("early too"));
    agenda.at(500, () => done.push("overdue"));
    await clock.advance(200);
    expect(done).toEqual(["overdue", "early", "early too"]);
    await clock.advance(200);
    expect(done.at(-1)).toBe("late");
  });

  it("does not do what was called off", async () => {
    const clock = createManualClock(0);
    const agenda = new Agenda(clock);
    const done: string[] = [];
    agenda.after(10, () => done.push("called off"))();
    agenda.after(20, () => done.push("kept"));
    await clock.advance(50);
    expect(done).toEqual(["kept"]);
  });

  it("tells each thing the time at which it was due, however late it is done", () => {
    let now = 0;
    const agenda = new Agenda({ now: () => now, after: () => () => undefined });
    const times: number[] = [];
    const again = (): void => {
      times.push(agenda.now());
      if (times.length < 4) agenda.after(100, again);
    };
    agenda.after(100, again);
    now = 10_000;
    agenda.catchUp();
    expect(times).toEqual([100, 200, 300, 400]);
    expect(agenda.now()).toBe(10_000);
  });

  it("holds one timer of the clock, however much is planned", () => {
    let held = 0;
    const agenda = new Agenda({
      now: () => 0,
      after: () => {
        held += 1;
        return () => {
          held -= 1;
        };
      },
    });
    for (let each = 1000; each > 0; each -= 1) agenda.after(each, () => undefined);
    expect(held).toBe(1);
    agenda.close();
    expect(held).toBe(0);
  });

  it("lives through a past at once", () => {
    const clock = createManualClock(100_000);
    const agenda = new Agenda(clock);
    const times: number[] = [];
    agenda.replay(5000, () => {
      agenda.after(1000, () => times.push(agenda.now()));
      agenda.after(9000, () => times.push(agenda.now()));
    });
    expect(times).toEqual([96_000]);
  });
});
