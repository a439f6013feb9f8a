import type { Worker } from "@spillway/contract/schemas";
import { describe, expect, test } from "vitest";
import { createWorkerBook } from "./worker-book.ts";

const START = Date.UTC(2026, 10, 23, 14, 0, 0);
const MINUTE = 60_000;
const iso = (minute: number) => new Date(START + minute * MINUTE).toISOString();

/** One that works on billing from a minute on, or for a while. */
function worker(id: string, name: string | null, from: number | null, until: number | null = null): Worker {
  return {
    id,
    name,
    host: null,
    pid: null,
    queues: ["billing"],
    concurrency: null,
    concurrency_by_queue: null,
    active_jobs: [],
    started_at: from === null ? null : iso(from),
    heartbeat_at: null,
    heartbeat_age_s: null,
    health: until === null ? "healthy" : "gone",
    ended_at: until === null ? null : iso(until),
    source: "connection",
    version: id,
  };
}

const ran = (workerId: string | null, minute: number) => ({
  workerId,
  startedAt: START + (minute - 1) * MINUTE,
  finishedAt: START + minute * MINUTE,
});

describe("which worker a row means", () => {
  test("an id is itself, whenever it ran", () => {
    const book = createWorkerBook([worker("1.0", "alpha", 0)], START);
    expect(book.whoRan("billing", ran("1.0", -600))).toBe("1.0");
    expect(book.versionOf("billing", ran("1.0", -600))).toBe("1.0");
  });

  test("a name is the only worker that had it then: before and after a deploy", () => {
    const book = createWorkerBook([worker("1.0", "alpha", 0, 30), worker("1.1", "alpha", 31)], START);
    expect(book.whoRan("billing", ran("alpha", 20))).toBe("1.0");
    expect(book.whoRan("billing", ran("alpha", 40))).toBe("1.1");
    expect(book.versionOf("billing", ran("alpha", 40))).toBe("1.1");
  });

  test("a name that two had stays a name; their version is told if it is one", () => {
    const same = { ...worker("b", "alpha", 0), version: "1.0" };
    const book = createWorkerBook([worker("1.0", "alpha", 0), same, worker("2.0", "beta", 0)], START);
    expect(book.whoRan("billing", ran("alpha", 5))).toBe("alpha");
    expect(book.versionOf("billing", ran("alpha", 5))).toBe("1.0");
    const mixed = createWorkerBook([worker("1.0", "alpha", 0), worker("1.1", "alpha", 0)], START);
    expect(mixed.versionOf("billing", ran("alpha", 5))).toBeNull();
  });

  test("what ran before anybody looked, or in another queue, is not guessed", () => {
    const book = createWorkerBook([worker("1.0", "alpha", -600)], START);
    expect(book.whoRan("billing", ran("alpha", -1))).toBe("alpha");
    expect(book.versionOf("billing", ran("alpha", -1))).toBeNull();
    expect(book.whoRan("emails", ran("alpha", 5))).toBe("alpha");
    expect(book.whoRan("billing", ran(null, 5))).toBeNull();
  });

  test("workers with an agent are known for an hour after they ended", () => {
    const agent = (one: Worker): Worker => ({ ...one, source: "agent" });
    const workers = [agent(worker("1.0", "alpha", -600, -40)), agent(worker("1.1", "alpha", -39))];
    const book = createWorkerBook(workers, START);
    expect(book.versionOf("billing", ran("alpha", -50))).toBe("1.0");
    expect(book.versionOf("billing", ran("alpha", -10))).toBe("1.1");
    expect(book.versionOf("billing", ran("alpha", -56))).toBeNull();
  });

  test("one whose beginning is unknown may have been there, and is no proof", () => {
    const book = createWorkerBook([worker("1.0", "alpha", null)], START);
    expect(book.whoRan("billing", ran("alpha", 5))).toBe("alpha");
  });
});
