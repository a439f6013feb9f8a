import { expect, test } from "vitest";
import { memorySink, problemOf, startApp } from "../app.fixture.ts";

const PAUSE = "/api/queues/letters/pause";

test("a flood of attempts that are not allowed is one record, which says how many there were", async () => {
  const lines: string[] = [];
  const { post, json, clock, engine } = await startApp({ deps: { auditSinks: [memorySink(lines)] } });
  engine.defineQueue("letters");
  const done = await (await post(PAUSE)).json();
  const before = lines.length;
  const ids = new Set<string | undefined>();
  for (let i = 0; i < 5_000; i++)
    ids.add((await problemOf(await post(PAUSE, {}, {}, ["viewer"]), 403)).audit_id);
  expect([ids.size, lines.length - before]).toEqual([1, 2]);
  await clock.advance(60_000);
  const [id = ""] = ids;
  expect(await json(`/api/audit/${id}`)).toMatchObject({
    action: "queue.pause",
    status: "failed",
    actor: { name: "Ana" },
    error: { code: "forbidden" },
    details: { attempts: 5_000 },
  });
  expect(lines.length - before).toBe(3);
  expect(await json(`/api/audit/${done.audit_id}`)).toMatchObject({ status: "success" });
  await problemOf(await post(PAUSE, {}, {}, ["viewer"]), 403);
  expect((await json("/api/audit?status=failed")).total_matching).toBe(2);
});

test("different attempts are told apart, up to a hundred kinds a minute", async () => {
  const { post, json, clock } = await startApp();
  for (let i = 0; i < 500; i++)
    await problemOf(await post(`/api/queues/q${i}/pause`, {}, {}, ["viewer"]), 403);
  expect((await json("/api/audit?status=failed")).total_matching).toBe(101);
  await clock.advance(60_000);
  const { items } = await json("/api/audit?status=failed&limit=1");
  expect(items[0].details).toMatchObject({ attempts: 400, of: expect.stringContaining("several") });
});
