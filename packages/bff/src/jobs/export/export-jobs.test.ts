import { type AuditRecord, jobSummary, jobsExported } from "@spillway/contract/schemas";
import { EngineError, type QueueEngine } from "@spillway/engine";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { type AppOptions, memorySink, problemOf, startApp } from "../../app.fixture.ts";
import { createPolicy } from "../../auth/index.ts";
import { replaced } from "../../views/replaced.ts";

const JOBS = 2_500;
const PATH = "/api/queues/letters/export";

/** Letters to many tenants, each with a secret. Counts the batches that an engine brings; it may bring no more than so many. */
async function world(options: AppOptions = {}) {
  const seen = { batches: 0, most: Number.POSITIVE_INFINITY };
  const counting = (engine: QueueEngine): QueueEngine =>
    replaced(engine, {
      async *scan(...asked) {
        for await (const batch of engine.scan(...asked)) {
          if (++seen.batches > seen.most) throw new EngineError("unavailable", "Redis is away.");
          yield batch;
        }
      },
    });
  const app = await startApp({ wrapEngine: counting, ...options });
  for (let i = 0; i < JOBS; i++)
    app.engine.add(
      "letters",
      i % 5 === 0 ? "=cmd|' /C calc'!A0" : "send",
      { tenant: `tenant-${i % 10}`, password: `pw-${i}` },
      { id: `job-${i}` },
    );
  const records = async (): Promise<AuditRecord[]> =>
    (await app.json("/api/audit?action=queue.export")).items;
  return { ...app, seen, records };
}

function linesOf(text: string) {
  const lines = text.trim().split("\n");
  const last = JSON.parse(lines.pop() ?? "");
  return {
    jobs: lines.map((line) => jobSummary.parse(JSON.parse(line))),
    said: jobsExported.parse(last.export),
  };
}

describe("an export of jobs", () => {
  test("has every job that matches once, as the list shows it, and says that these are all", async () => {
    const { send, json, records, close } = await world();
    const text = await (await send(`${PATH}?q=tenant-3`)).text();
    const { jobs, said } = linesOf(text);
    expect(new Set(jobs.map(({ id }) => id)).size).toBe(JOBS / 10);
    expect(jobs).toHaveLength(JOBS / 10);
    expect(said).toMatchObject({
      jobs: JOBS / 10,
      scanned: JOBS,
      total_to_scan: JOBS,
      complete: true,
      stopped: null,
    });
    const listed = (await json("/api/queues/letters/jobs?q=tenant-3&size=200")).items;
    expect(jobs.slice(0, listed.length)).toEqual(listed);
    expect(text).not.toContain("pw-");
    expect(await records()).toMatchObject([
      {
        queue: "letters",
        status: "success",
        affected: JOBS / 10,
        destructive: false,
        details: { q: "tenant-3", format: "ndjson", complete: true, scanned: JOBS },
      },
    ]);
    await close();
  });

  test("as CSV has a row each and no cell that a spreadsheet would run; where not all are in it, its last row says so", async () => {
    const { send, records, close } = await world();
    const all = parse(await (await send(`${PATH}?format=csv&state=waiting`)).text());
    const [head = [], ...rows] = all;
    expect(rows).toHaveLength(JOBS);
    for (const row of rows) {
      expect(row).toHaveLength(head.length);
      for (const cell of row) expect(cell).not.toMatch(/^[=+\-@|%]/);
    }
    expect(rows.filter((row) => row[head.indexOf("task")] === "'=cmd|' /C calc'!A0")).toHaveLength(JOBS / 5);
    const some = parse(await (await send(`${PATH}?format=csv&state=waiting&limit=1200`)).text());
    expect(some).toHaveLength(1 + 1_200 + 1);
    expect(some.at(-1)?.[0]).toBe(
      "Not all: this export ends with 1,200 jobs, and there are more that match; 1,200 of 2,500 were looked at.",
    );
    expect((await records())[0]).toMatchObject({
      status: "success",
      affected: 1_200,
      details: { complete: false },
    });
    await close();
  });

  test("that the page of another site asks for is none, and not on record as one", async () => {
    const { send, records, json, close } = await world();
    for (const site of ["cross-site", "same-site"]) {
      const { detail } = await problemOf(await send(PATH, { headers: { "Sec-Fetch-Site": site } }), 403);
      expect(detail).toContain("a page of another site");
    }
    expect(await records()).toEqual([]);
    const { items } = await json("/api/audit?action=request.refused");
    expect(items).toMatchObject([{ status: "failed", details: { method: "GET", path: PATH } }]);
    for (const site of ["same-origin", "none"])
      await (await send(PATH, { headers: { "Sec-Fetch-Site": site } })).text();
    expect(await records()).toHaveLength(2);
    await close();
  });

  test("that ends exactly with the last job is whole", async () => {
    const { send, close } = await world();
    const { said } = linesOf(await (await send(`${PATH}?limit=${JOBS}`)).text());
    expect(said).toMatchObject({ jobs: JOBS, complete: true, stopped: null });
    await close();
  });

  test("whose engine goes away says so at its end, and on record", async () => {
    const { send, records, seen, close } = await world();
    seen.most = seen.batches + 3;
    const { jobs, said } = linesOf(await (await send(`${PATH}?state=waiting`)).text());
    expect(jobs.length).toBeGreaterThan(0);
    expect(said).toMatchObject({ jobs: jobs.length, complete: false, stopped: "Not all: Redis is away." });
    expect(await records()).toMatchObject([
      { status: "failed", affected: jobs.length, error: { code: "engine_unavailable" } },
    ]);
    await close();
  });

  test("that can't even begin is no file", async () => {
    const { send, records, seen, close } = await world();
    seen.most = seen.batches;
    await problemOf(await send(PATH), 503);
    await problemOf(await send("/api/queues/nowhere/export"), 404);
    expect(await records()).toMatchObject([{ status: "failed", affected: 0 }, { status: "failed" }]);
    await close();
  });

  test.each(["whoever asked leaves", "whoever reads cancels"])("stops looking when %s", async (how) => {
    const { send, records, seen, close } = await world();
    const leaving = new AbortController();
    const reply = await send(`${PATH}?q=tenant-3`, { signal: leaving.signal });
    const before = seen.batches;
    if (how === "whoever asked leaves") leaving.abort();
    else await reply.body?.cancel();
    await expect.poll(records).toMatchObject([{ status: "failed", error: { code: "left" } }]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(seen.batches).toBeLessThanOrEqual(before + 1);
    await close();
  });

  test("asks for no more than is taken", async () => {
    const { send, seen, close } = await world();
    const reply = await send(PATH);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const untaken = seen.batches;
    await reply.text();
    expect(seen.batches).toBeGreaterThan(untaken);
    await close();
  });

  test("is not let begin where it can't be put on record, and asks for a reason where one is required", async () => {
    const failing = memorySink([], () => Promise.reject(new Error("The disk is full.")));
    const unrecorded = await world({ deps: { auditSinks: [failing], auditRequired: true } });
    const before = unrecorded.seen.batches;
    await problemOf(await unrecorded.send(PATH), 503);
    expect(unrecorded.seen.batches).toBe(before);
    await unrecorded.close();
    const policy = createPolicy({ reasonRequired: [{ actions: ["queue.export"], queues: ["*"] }] });
    const asked = await world({ deps: { policy } });
    const { issues } = await problemOf(await asked.send(PATH), 400);
    expect(issues?.map(({ path }) => path)).toEqual(["reason"]);
    await (await asked.send(`${PATH}?reason=audit+of+2026&incident=INC-7`)).text();
    expect(await asked.records()).toMatchObject([{ reason: "audit of 2026", incident: "INC-7" }]);
    await asked.close();
  });

  test("that is only asked how it would be answered is none", async () => {
    const { send, records, seen, close } = await world();
    const before = seen.batches;
    expect((await send(PATH, { method: "HEAD" })).status).toBe(200);
    expect([await records(), seen.batches]).toEqual([[], before]);
    await close();
  });
});
