import { type AuditRecord, historyExported } from "@spillway/contract/schemas";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { type AppOptions, memorySink, problemOf, startApp } from "../app.fixture.ts";
import { createPolicy } from "../auth/index.ts";

const PATH = "/api/metrics/export";

/** Ten ticks of two queues. */
async function world(options: AppOptions = {}) {
  const app = await startApp(options);
  for (const queue of ["letters", "payroll"]) app.engine.defineQueue(queue);
  await app.clock.advance(10_000);
  const exports = async (): Promise<AuditRecord[]> =>
    (await app.json("/api/audit?action=metrics.export")).items;
  return { ...app, exports };
}

describe("an export of the history", () => {
  test("is on record before and after, with what was asked for, how many ticks and bytes it has", async () => {
    const { send, exports, close } = await world();
    const text = await (await send(`${PATH}?format=csv&queue=letters&limit=4&incident=INC-7`)).text();
    expect(parse(text)).toHaveLength(1 + 4);
    const [record] = await exports();
    expect(record).toMatchObject({
      source: "api",
      status: "success",
      queue: "letters",
      incident: "INC-7",
      destructive: false,
      affected: 4,
      details: {
        format: "csv",
        queue: "letters",
        limit: 4,
        complete: true,
        bytes: Buffer.byteLength(text),
      },
    });
    expect(record?.entries.map(({ kind }) => kind)).toEqual(["intent", "outcome"]);
    const all = (await (await send(PATH)).text()).trim().split("\n");
    const said = historyExported.parse(JSON.parse(all.at(-1) ?? "").export);
    expect(said).toMatchObject({ queue: null, samples: all.length - 1, complete: true, stopped: null });
    expect((await exports())[0]).toMatchObject({
      queue: null,
      affected: said.samples,
      details: { format: "ndjson", complete: true },
    });
    await close();
  });

  test("of a queue is allowed by a rule for it, of all together by one for all; what is denied is on record", async () => {
    const rules = (...queues: string[]) => ({ allow: [{ actions: ["metrics.export"], queues }], deny: [] });
    const policy = createPolicy({
      readOnly: true,
      roles: {
        narrow: { sees: ["letters"], ...rules("letters") },
        reader: { sees: ["*"], ...rules("letters") },
      },
    });
    const { send, exports, close } = await world({ deps: { policy } });
    const ask = (query: string, role: string) => send(PATH + query, {}, { name: role, roles: [role] });
    for (const role of ["narrow", "reader", "viewer"])
      expect((await ask("?queue=letters", role)).status).toBe(200);
    expect((await ask("", "viewer")).status).toBe(200);
    for (const [query, role] of [
      ["", "narrow"],
      ["", "reader"],
      ["?queue=payroll", "reader"],
    ] as const) {
      const denied = await problemOf(await ask(query, role), 403);
      expect((await exports())[0]).toMatchObject({
        id: denied.audit_id,
        queue: query === "" ? null : "payroll",
        status: "failed",
        error: {
          code: "forbidden",
          message: expect.stringContaining(`metrics.export is not allowed to ${role}`),
        },
      });
    }
    const { length } = await exports();
    const hidden = await problemOf(await ask("?queue=payroll", "narrow"), 404);
    const absent = await problemOf(await ask("?queue=nowhere", "narrow"), 404);
    expect(hidden.detail?.replace("payroll", "nowhere")).toBe(absent.detail);
    expect(await exports()).toHaveLength(length);
    const narrow = { name: "narrow", roles: ["narrow"] };
    const told = await (await send("/api/audit?action=metrics.export", {}, narrow)).json();
    expect(new Set(told.items.map(({ queue }: AuditRecord) => queue))).toEqual(new Set(["letters", null]));
    await close();
  });

  test("of a queue that there is not is on record as failed", async () => {
    const { send, exports, close } = await world();
    await problemOf(await send(`${PATH}?queue=nowhere`), 404);
    expect(await exports()).toMatchObject([
      { queue: "nowhere", status: "failed", affected: 0, error: { code: "not_found" } },
    ]);
    await close();
  });

  test("is asked for a reason where one is required, and is none where it can't be put on record", async () => {
    const policy = createPolicy({ reasonRequired: [{ actions: ["metrics.export"], queues: ["letters"] }] });
    const asked = await world({ deps: { policy } });
    const { issues } = await problemOf(await asked.send(`${PATH}?queue=letters`), 400);
    expect(issues?.map(({ path }) => path)).toEqual(["reason"]);
    expect((await asked.send(`${PATH}?queue=payroll`)).status).toBe(200);
    expect((await asked.send(`${PATH}?queue=letters&reason=capacity`)).status).toBe(200);
    expect((await asked.exports())[0]).toMatchObject({ reason: "capacity", queue: "letters" });
    await asked.close();
    const failing = memorySink([], () => Promise.reject(new Error("The disk is full.")));
    const unrecorded = await world({ deps: { auditSinks: [failing], auditRequired: true } });
    const { code } = await problemOf(await unrecorded.send(PATH), 503);
    expect(code).toBe("audit_unavailable");
    await unrecorded.close();
  });

  test("is sent in pieces, and settled as not whole when whoever asked leaves", async () => {
    const { send, exports, clock, close } = await world({ config: { historySamples: 2_000 } });
    await clock.advance(1_600_000);
    const leaving = new AbortController();
    const reader = (await send(PATH, { signal: leaving.signal })).body?.getReader();
    await reader?.read();
    leaving.abort();
    await expect
      .poll(exports)
      .toMatchObject([{ status: "failed", error: { code: "left" }, details: { complete: false } }]);
    const [record] = await exports();
    expect(record?.affected).toBeGreaterThanOrEqual(500);
    expect(record?.affected).toBeLessThanOrEqual(1_500);
    await close();
  });
});
