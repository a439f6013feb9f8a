import { type JobList, jobList } from "@spillway/contract/schemas";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { problemOf, startApp } from "../../app.fixture.ts";
import { decodePlace, encodePlace, fingerprint } from "./cursor.ts";

type Scan = Extract<JobList, { kind: "scan" }>;

async function world(jobs: number) {
  const app = await startApp();
  for (let i = 0; i < jobs; i++)
    app.engine.add(
      "letters",
      i % 3 === 0 ? "print" : "send",
      { tenant: `tenant-${i % 10}`, password: `pw-${i % 7}` },
      { id: `job-${i}` },
    );
  const search = async (query: string): Promise<Scan> => {
    const list = jobList.parse(await app.json(`/api/queues/letters/jobs?${query}`));
    return list.kind === "scan" ? list : expect.fail("a page, not a scan");
  };
  return { ...app, search };
}

/** Follows the cursor to the end. */
async function all(
  search: (query: string) => Promise<Scan>,
  query: string,
  between: () => unknown = () => 0,
) {
  const ids: string[] = [];
  let scanned = 0;
  let last: Scan | null = null;
  for (let cursor = ""; last === null || !last.complete; cursor = `&cursor=${last.next_cursor}`) {
    last = await search(query + cursor);
    ids.push(...last.items.map(({ id }) => id));
    scanned += last.scanned;
    await between();
  }
  return { ids, scanned, matches: last.matches_by_state };
}

/** Which search a cursor says that it belongs to. */
const searchOf = (cursor: string): string =>
  JSON.parse(atob(cursor.replaceAll("-", "+").replaceAll("_", "/"))).search;

describe("a search", () => {
  test.each([1, 7, 50, 200])("by pages of %i finds each match once", async (size) => {
    const { search } = await world(1_234);
    const { ids, scanned, matches } = await all(search, `task=PRI&size=${size}`);
    expect(ids).toHaveLength(412);
    expect(new Set(ids).size).toBe(412);
    expect(scanned).toBe(1_234);
    expect(matches).toEqual({ waiting: 412 });
  });

  test.each([
    ["q=tenant-4", 123],
    ["job_id=job-7", 111],
    ["q=tenant-4&task=print", 41],
  ])("of %s counts each job it looked at once, wherever a page ends", async (query, matches) => {
    const { search } = await world(1_234);
    for (const size of [1, 13, 50]) {
      const { ids, scanned } = await all(search, `${query}&size=${size}&sort=oldest`);
      expect([ids.length, new Set(ids).size]).toEqual([matches, matches]);
      expect([query, size, scanned]).toEqual([query, size, 1_234]);
    }
  });

  test("what stays put is neither repeated nor skipped while others come and go", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.infiniteStream(fc.nat({ max: 599 })),
        fc.integer({ min: 1, max: 60 }),
        async (picks, size) => {
          const { search, engine } = await world(600);
          const gone = new Set<string>();
          const disturb = async (): Promise<void> => {
            for (const pick of picks.take(3)) {
              await engine.removeJob("letters", `job-${pick}`).catch(() => undefined);
              gone.add(`job-${pick}`);
            }
            engine.add("letters", "print", { tenant: "tenant-1" });
          };
          const { ids } = await all(search, `q=tenant-1&state=waiting&size=${size}`, disturb);
          expect(new Set(ids).size).toBe(ids.length);
          const stayed = Array.from({ length: 60 }, (_, i) => `job-${i * 10 + 1}`).filter(
            (id) => !gone.has(id),
          );
          expect(stayed.filter((id) => !ids.includes(id))).toEqual([]);
        },
      ),
      { numRuns: 15 },
    );
  }, 60_000);

  test("by payload, task and id, across states", async () => {
    const { search, engine } = await world(100);
    await engine.cancelJob("letters", "job-21");
    expect((await all(search, "q=TENANT-1&task=print")).ids.toSorted()).toEqual([
      "job-21",
      "job-51",
      "job-81",
    ]);
    const { matches } = await all(search, "q=tenant-1");
    expect(matches).toEqual({ failed: 1, waiting: 9 });
    expect((await all(search, "job_id=JOB-9")).ids).toHaveLength(11);
    expect((await all(search, "job_id=job-21&state=waiting")).ids).toEqual([]);
  });

  test("an exact id comes first and once", async () => {
    const { search } = await world(5_000);
    const first = await search("job_id=job-7&size=5");
    expect(first.items[0]?.id).toBe("job-7");
    expect(first.scanned).toBeLessThanOrEqual(2_500);
    const { ids } = await all(search, "job_id=job-7&size=5");
    expect(ids).toHaveLength(111);
    expect(new Set(ids).size).toBe(111);
  });

  test("can't tell what a secret is", async () => {
    const { search } = await world(100);
    expect((await search("q=pw-3")).items).toEqual([]);
    expect((await search("q=password")).items).toHaveLength(50);
    expect((await search("q=redacted")).items).toEqual([]);
  });

  test("nor can its cursor, which anybody may read and make up", async () => {
    const told = async (pin: string) => {
      const { engine, search } = await world(0);
      const add = (id: string, payload: object) => engine.add("letters", "send", payload, { id });
      for (const id of ["a", "b"]) add(id, { order: "74", pin: "x" });
      add("target", { order: "1", pin });
      for (const id of ["c", "d", "e"]) add(id, { order: "74", pin: "x" });
      const pages: unknown[] = [];
      let cursor = "";
      for (let page = 0; page < 5; page++) {
        const { next_cursor, scanned, items } = await search(`q=74&sort=oldest&size=1${cursor}`);
        pages.push([items[0]?.id, scanned, next_cursor]);
        cursor = `&cursor=${next_cursor}`;
      }
      const [, , first] = pages[0] as [string, number, string];
      for (const made of [
        { done: 1, last: [fingerprint("target")] },
        { done: 1, last: [] },
        { done: 3, last: [] },
      ]) {
        const place = encodePlace({ ...decodePlace(first, searchOf(first)), ...made });
        const { scanned, items } = await search(`q=74&sort=oldest&size=1&cursor=${place}`);
        pages.push([items[0]?.id, scanned]);
      }
      return pages;
    };
    expect(await told("9740")).toEqual(await told("9999"));
  });

  test("stops after 20,000 jobs and goes on from there, further at once", async () => {
    const { search } = await world(45_000);
    const first = await search("q=nothing-like-it");
    expect(first).toMatchObject({ items: [], complete: false, scanned: 20_000, total_to_scan: 45_000 });
    const second = await search(`q=nothing-like-it&cursor=${first.next_cursor}`);
    expect(second).toMatchObject({ items: [], complete: true, scanned: 25_000 });
    const { scanned, ids } = await all(search, "q=nothing-like-it");
    expect({ scanned, ids }).toEqual({ scanned: 45_000, ids: [] });
  });

  test("by error shape and time", async () => {
    const { engine, clock, search } = await world(0);
    engine.addWorker({
      queues: ["letters"],
      concurrency: 5,
      simulate: (job) => ({
        ms: 10,
        error: { name: "TypeError", message: `no ${job.task} for ${job.id}`, stack: null },
      }),
    });
    for (let i = 0; i < 6; i++) engine.add("letters", i % 2 ? "a" : "b", {}, { id: `${i}`, attempts: 1 });
    await clock.advance(1_000);
    const shape = (await search("job_id=1")).items[0]?.error?.shape_id;
    expect((await all(search, `error_shape=${shape}`)).ids.toSorted()).toEqual(["1", "3", "5"]);
    expect((await all(search, `from=${new Date(clock.now()).toISOString()}`)).ids).toEqual([]);
    expect((await all(search, "to=2030-01-01T00:00:00Z&state=failed")).ids).toHaveLength(6);
    expect((await all(search, "worker=nobody")).ids).toEqual([]);
  });

  test("by the version that ran them, as a breakdown names it", async () => {
    const { engine, clock, search, json } = await world(0);
    const fails = { ms: 10, error: { name: "TypeError", message: "no", stack: null } };
    const run = async (version: string, ids: readonly string[]): Promise<void> => {
      const worker = engine.addWorker({ queues: ["letters"], version, simulate: () => fails });
      for (const id of ids) engine.add("letters", "send", {}, { id, attempts: 1 });
      await clock.advance(10_000);
      await engine.stopWorker(worker);
    };
    await run("2.13.9", ["1", "2"]);
    await run("2.14.0", ["3", "4", "5"]);
    const { groups } = await json("/api/queues/letters/breakdown?state=failed&by=worker_version");
    expect(groups).toMatchObject([
      { key: "2.14.0", count: 3 },
      { key: "2.13.9", count: 2 },
    ]);
    expect((await all(search, "worker_version=2.14.0&state=failed")).ids.toSorted()).toEqual(["3", "4", "5"]);
    expect((await all(search, "worker_version=2.14")).ids).toEqual([]);
  });

  test("a cursor belongs to its search", async () => {
    const { search, send } = await world(100);
    const { next_cursor } = await search("q=tenant&size=5");
    const { issues } = await problemOf(
      await send(`/api/queues/letters/jobs?q=other&size=5&cursor=${next_cursor}`),
      400,
    );
    expect(issues).toMatchObject([{ path: "cursor" }]);
  });
});
