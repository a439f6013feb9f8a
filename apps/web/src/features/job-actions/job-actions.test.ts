import { describe, expect, it } from "vitest";
import { tellOf } from "./act-on-jobs.tsx";
import { each } from "./each.ts";
import { type Fate, fateWords, followToEnd } from "./follow.ts";
import { type ActionableJob, applicable } from "./job-action.ts";
import { changedWords } from "./unchanged.ts";
import type { JobResult } from "./write-job.ts";

const job = (id: string, state: ActionableJob["state"]): ActionableJob => ({
  id,
  state,
  task: "t",
  version: "1",
});

describe("which jobs an action is for", () => {
  const mixed = [job("a", "failed"), job("b", "failed"), job("c", "active")];
  it("takes those it fits and says how many", () => {
    const { jobs, off, note } = applicable("job.retry", mixed, true);
    expect(jobs.map(({ id }) => id)).toEqual(["a", "b"]);
    expect([off, note]).toEqual([null, "2 of 3 selected can be retried"]);
  });
  it("says why none fits", () => {
    expect(applicable("job.promote", mixed, true).off).toMatch(/None of the 3 selected can be run now/);
    expect(applicable("job.remove", [job("c", "active")], true).off).toBe(
      "Active jobs can't be removed; cancel it first.",
    );
    expect(applicable("job.cancel", [job("c", "active")], "Nothing listens in the worker.").off).toBe(
      "Nothing listens in the worker.",
    );
  });
});

it("says how many of those asked about have moved on meanwhile", () => {
  expect(changedWords(3, 3)).toEqual({ note: null, off: null });
  expect(changedWords(3, 2)).toEqual({
    note: "1 of 3 has moved on meanwhile and is left alone.",
    off: null,
  });
  expect(changedWords(3, 0)).toEqual({
    note: "All 3 have moved on meanwhile.",
    off: "None of them is as it was any more.",
  });
  expect(changedWords(1, 0).off).toBe("It is not as it was any more.");
});

describe("many at once", () => {
  it("never has more than four under way, and keeps the order", async () => {
    let running = 0;
    let most = 0;
    const results = await each([...Array(50).keys()], 4, async (number) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, number % 3));
      running--;
      return number;
    });
    expect(most).toBe(4);
    expect(results).toEqual([...Array(50).keys()]);
  });

  it("tells the three outcomes", () => {
    const result = (kind: JobResult["kind"], why: string | null = null): JobResult => ({
      id: "x",
      kind,
      why,
      error: null,
      auditId: null,
    });
    const jobs = [job("a", "failed"), job("b", "failed"), job("c", "failed")];
    const request = { queue: "billing", action: "job.retry" as const, jobs, answer: {} };
    expect(
      tellOf(request, [result("done"), result("refused", "It has moved on."), result("unknown")]),
    ).toEqual({
      outcome: "failed",
      title: "Retried 1 of 3 jobs in billing",
      children: "1 done, 1 refused, 1 of unknown outcome. It has moved on.",
    });
    const both = [result("done"), result("refused", "It has moved on."), result("refused", "It is gone.")];
    expect(tellOf(request, both).children).toBe("1 done, 2 refused. The first: It has moved on.");
    expect(tellOf(request, [result("done"), result("done"), result("done")]).outcome).toBe("success");
    expect(tellOf({ ...request, jobs: jobs.slice(1) }, [result("done"), result("unknown")]).outcome).toBe(
      "unknown",
    );
  });
});

describe("following retried jobs", () => {
  it("asks only about those still open, until all have ended", async () => {
    const ends: Record<string, Fate[]> = {
      a: ["open", "completed"],
      b: ["failed again"],
      c: ["open", "open", "removed"],
    };
    const asked: string[] = [];
    const fates = await followToEnd("billing", ["a", "b", "c"], {
      wait: async () => {},
      fateOf: async (_, id) => {
        asked.push(id);
        return ends[id]?.shift() ?? "open";
      },
      seen: () => {},
    });
    expect(fates).toEqual(["completed", "failed again", "removed"]);
    expect(asked.join("")).toBe("abcacc");
  });

  it("gives up after a minute and says what is open", async () => {
    let waited = 0;
    const fates = await followToEnd("billing", ["a", "b"], {
      wait: async (ms) => {
        waited += ms;
      },
      fateOf: async (_, id) => (id === "a" ? "completed" : Promise.reject(new Error("away"))),
      seen: () => {},
    });
    expect(waited).toBe(60_000);
    expect(fateWords(fates)).toBe("1 completed, 1 open");
  });
});
