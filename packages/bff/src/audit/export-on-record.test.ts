import { createVerifier } from "@spillway/contract/audit";
import type { AuditRecord } from "@spillway/contract/schemas";
import { createManualClock } from "@spillway/engine-embedded";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { type AppOptions, memorySink, problemOf, START, sha256, silent, startApp } from "../app.fixture.ts";
import { createPolicy } from "../auth/index.ts";
import { recordsAsOf } from "./as-of.ts";
import { ownIntent } from "./seam.ts";
import { AuditStore } from "./store.ts";

const PATH = "/api/audit/export";

async function world(options: AppOptions = {}) {
  const app = await startApp(options);
  app.engine.defineQueue("letters");
  const of = async (action: string): Promise<AuditRecord[]> =>
    (await app.json(`/api/audit?action=${action}`)).items;
  return {
    ...app,
    exports: () => of("audit.export"),
    of,
    pause: (body: object = {}) => app.post("/api/queues/letters/pause", body),
  };
}

const linesOf = (text: string) =>
  text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

function verify(text: string) {
  const verifier = createVerifier({ sha256 });
  for (const line of text.trim().split("\n")) verifier.add(line);
  return verifier.end(false);
}

describe("an export of the audit", () => {
  test("is on record before and after, with what was asked for, how many records and bytes it has", async () => {
    const { send, exports, pause, close } = await world();
    for (const reason of ["first", "second"]) await pause({ reason });
    const text = await (await send(`${PATH}?format=csv&q=second&queue=letters`)).text();
    expect(parse(text)).toHaveLength(1 + 1);
    const [record] = await exports();
    expect(record).toMatchObject({
      source: "api",
      status: "success",
      queue: null,
      reason: null,
      incident: null,
      destructive: false,
      affected: 1,
      details: {
        format: "csv",
        q: "second",
        queue: "letters",
        complete: true,
        bytes: Buffer.byteLength(text),
      },
    });
    expect(record?.entries.map(({ kind }) => kind)).toEqual(["intent", "outcome"]);
    await close();
  });

  test.each(["csv", "ndjson", "markdown"])(
    "holds what was on record until it was asked for, and so not itself: %s",
    async (format) => {
      const { send, json, exports, pause, close } = await world();
      await pause({ reason: "by Ana" });
      const { total_matching: listed } = await json("/api/audit");
      const all = await (await send(`${PATH}?format=${format}`)).text();
      expect(all).not.toContain("audit.export");
      // The one before; its own names what is looked for, too.
      const earlier = await (await send(`${PATH}?format=${format}&q=audit.export`)).text();
      expect(earlier).toContain("audit.export");
      expect((await exports()).map(({ affected }) => affected)).toEqual([1, listed]);
      await close();
    },
  );

  test("as NDJSON is whole up to the entry before its own, whatever comes meanwhile", async () => {
    const saved = Promise.withResolvers<void>();
    const lines: string[] = [];
    const sink = memorySink(lines);
    const slow = {
      ...sink,
      append: async (more: readonly string[]) => {
        if (more.some((line) => line.includes("audit.export"))) await saved.promise;
        await sink.append(more);
      },
    };
    const { send, exports, pause, close } = await world({
      deps: { auditSinks: [slow], auditRequired: true },
    });
    await pause({ reason: "before" });
    const exporting = send(`${PATH}?format=ndjson`);
    await expect.poll(async () => (await exports()).length).toBe(1);
    const meanwhile = pause({ reason: "meanwhile" });
    await expect.poll(async () => (await (await send("/api/audit?q=meanwhile")).json()).items.length).toBe(1);
    saved.resolve();
    const text = await (await exporting).text();
    await meanwhile;
    const records = linesOf(text);
    const { export: seal } = records.at(-1);
    expect(text).not.toContain("meanwhile");
    expect(verify(text)).toMatchObject({ form: "export", leftOut: 0, bad: null, records: records.length });
    expect(seal).toMatchObject({ gapless: true, records: records.length });
    const [own] = await exports();
    expect(own).toMatchObject({ affected: records.length, status: "success" });
    expect(own?.entries[0]).toMatchObject({ seq: seal.head.seq + 1, prev_hash: seal.head.hash });
    await close();
  });

  test("that matches nothing says so in its one line as NDJSON, and can be verified", async () => {
    const { send, exports, close } = await world();
    const text = await (await send(`${PATH}?format=ndjson&q=nothing-of-the-kind`)).text();
    expect(linesOf(text)).toMatchObject([{ export: { records: 0, entries: 0 } }]);
    expect(verify(text)).toMatchObject({ form: "export", records: 0, bad: null });
    expect(await exports()).toMatchObject([
      { affected: 0, details: { complete: true, bytes: Buffer.byteLength(text) } },
    ]);
    await close();
  });

  test("belongs to an incident by a name of its own: one that it filters by is not it", async () => {
    const { send, json, exports, pause, close } = await world();
    await pause({ reason: "contain", incident: "INC-7" });
    const story = await json("/api/audit?incident=INC-7");
    const path = `${PATH}?format=markdown&incident=INC-7`;
    expect(await (await send(path)).text()).toContain("contain");
    expect(await (await send(`${path}&for_incident=INC-9&reason=for+the+auditor`)).text()).toContain(
      "contain",
    );
    expect(await exports()).toMatchObject([
      { incident: "INC-9", reason: "for the auditor", affected: 1, details: { incident: "INC-7" } },
      { incident: null, reason: null, affected: 1, details: { incident: "INC-7" } },
    ]);
    expect(await json("/api/audit?incident=INC-7")).toMatchObject({ items: story.items });
    expect((await json("/api/audit?incident=INC-9")).total_matching).toBe(1);
    await close();
  });

  test("is denied to whose role does not allow it, on record; others may though nothing else may be done", async () => {
    const policy = createPolicy({
      readOnly: true,
      roles: {
        reader: { sees: ["*"], allow: [{ actions: ["queue.export"], queues: ["*"] }], deny: [] },
        silenced: { sees: ["*"], allow: [], deny: [{ actions: ["audit.export"], queues: ["*"] }] },
      },
    });
    const { send, exports, close } = await world({ deps: { policy } });
    const ask = (...roles: string[]) => send(`${PATH}?format=csv&q=secret-plan`, {}, { name: "Ben", roles });
    for (const roles of [["reader"], ["viewer", "silenced"]]) {
      const denied = await problemOf(await ask(...roles), 403);
      expect((await exports())[0]).toMatchObject({
        id: denied.audit_id,
        actor: { name: "Ben" },
        status: "failed",
        affected: 0,
        error: { code: "forbidden", message: expect.stringContaining("audit.export is not allowed to ") },
        details: { q: "secret-plan", format: "csv" },
      });
    }
    expect((await ask("viewer")).status).toBe(200);
    await close();
  });

  test("is asked for a reason where one is required, and is none where it can't be put on record", async () => {
    const policy = createPolicy({ reasonRequired: [{ actions: ["audit.export"], queues: ["*"] }] });
    const asked = await world({ deps: { policy } });
    const { issues } = await problemOf(await asked.send(`${PATH}?format=csv&incident=INC-7`), 400);
    expect(issues?.map(({ path }) => path)).toEqual(["reason"]);
    expect((await asked.send(`${PATH}?format=csv&reason=yearly`)).status).toBe(200);
    await asked.close();
    const failing = memorySink([], () => Promise.reject(new Error("The disk is full.")));
    const unrecorded = await world({ deps: { auditSinks: [failing], auditRequired: true } });
    const { code } = await problemOf(await unrecorded.send(`${PATH}?format=csv`), 503);
    expect(code).toBe("audit_unavailable");
    await unrecorded.close();
  });

  test("that another site's page asks for is none, nor one that is only asked how it would be answered", async () => {
    const { send, exports, of, close } = await world();
    await problemOf(await send(`${PATH}?format=csv`, { headers: { "Sec-Fetch-Site": "cross-site" } }), 403);
    expect((await send(`${PATH}?format=csv`, { method: "HEAD" })).status).toBe(200);
    expect(await exports()).toEqual([]);
    expect(await of("request.refused")).toMatchObject([{ details: { method: "GET", path: PATH } }]);
    await close();
  });

  test.each(["whoever asked leaves", "whoever reads cancels"])(
    "is settled as not whole when %s",
    async (how) => {
      const { send, exports, pause, close } = await world({
        config: { auditSize: 5_000 },
      });
      for (let i = 0; i < 1_600; i++) await pause({ reason: `${i}` });
      const leaving = new AbortController();
      const reply = await send(`${PATH}?format=ndjson`, { signal: leaving.signal });
      const reader = reply.body?.getReader();
      await reader?.read();
      if (how === "whoever asked leaves") leaving.abort();
      else await reader?.cancel();
      await expect
        .poll(exports)
        .toMatchObject([{ status: "failed", error: { code: "left" }, details: { complete: false } }]);
      const [record] = await exports();
      expect(record?.affected).toBeGreaterThanOrEqual(500);
      expect(record?.affected).toBeLessThanOrEqual(1_500);
      expect(record?.details.bytes).toBeGreaterThan(0);
      await close();
    },
  );
});

test("records as of an entry are what they were then, though they went on since", async () => {
  const clock = createManualClock(START);
  const store = new AuditStore({ clock, log: silent, sha256, capacity: 10 });
  const done = {
    status: "success",
    affected: 1,
    skipped: null,
    failed: 0,
    error: null,
    details: {},
  } as const;
  const begun = store.begin(ownIntent("queue.drain", "system"));
  const ended = store.begin(ownIntent("queue.pause", "system"));
  await store.complete(ended.id, "outcome", done);
  const before = [...store.records()];
  const own = store.begin(ownIntent("audit.export", "system"));
  const head = store.headBefore(own.id);
  await store.complete(begun.id, "outcome", done);
  await store.complete(ended.id, "resolution", { ...done, affected: 2 });
  expect(head).toMatchObject({ seq: 3 });
  expect([...recordsAsOf(store, head)]).toEqual(before);
  expect([...recordsAsOf(store, null)]).toEqual([]);
  expect([store.headBefore(begun.id), store.headBefore("nowhere")]).toEqual([null, null]);
});
