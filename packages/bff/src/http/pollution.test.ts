import { type Endpoint, endpoints } from "@spillway/contract/table";
import { afterEach, describe, expect, test } from "vitest";
import { startApp } from "../app.fixture.ts";

const NAMES = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf"];
const BODIES = [
  '{"__proto__":{"polluted":true}}',
  '{"reason":"x","__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"expect":{"version":"1","__proto__":{"polluted":true}}}',
  '{"action":"job.retry","selection":{"filter":{"state":"failed","__proto__":{"polluted":true}}}}',
  '{"action":"job.retry","selection":{"__proto__":{"filter":{"state":"failed"}}}}',
  '{"action":"job.retry","selection":{"ids":[{"id":"__proto__","__proto__":{"version":"1"}}]}}',
  '{"title":"x","kind":"note","__proto__":{"queue":"letters"}}',
  '[{"__proto__":{"polluted":true}}]',
];
const QUERIES = [
  "__proto__[polluted]=true",
  "__proto__.polluted=true",
  "constructor[prototype][polluted]=true",
  "constructor.prototype.polluted=true&state=failed",
  "state=__proto__",
  "by=payload:__proto__.polluted&state=failed",
  "by=payload:constructor.prototype.polluted&state=failed",
  "q=__proto__",
];

const clean = Object.getOwnPropertyNames(Object.prototype).sort();
afterEach(() => {
  expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(clean);
  expect(Reflect.get({}, "polluted")).toBeUndefined();
  expect(Reflect.get([], "polluted")).toBeUndefined();
});

/** A console whose queues, tasks, jobs, workers and payloads bear the names that every object has already. */
async function world() {
  const app = await startApp();
  for (const name of NAMES) {
    app.engine.addWorker({
      queues: [name],
      name,
      host: name,
      version: name,
      simulate: () => ({ ms: 1, error: { name, message: `${name} failed`, stack: null } }),
    });
    const payload = `{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"${name}":"${name}"}`;
    app.engine.add(name, name, payload, { id: name, attempts: 1 });
  }
  await app.clock.advance(3_000);
  return app;
}

const pathsOf = (method: Endpoint["method"], name: string): string[] =>
  Object.values<Endpoint>(endpoints)
    .filter((one) => one.method === method && one.reply !== "stream")
    .map(({ path }) => path.replaceAll(/\{\w+\}/g, name));

describe("attack 16: prototype pollution", () => {
  test.each(BODIES)("no body changes what objects are: %s", async (body) => {
    const { post, json } = await world();
    for (const path of pathsOf("POST", "constructor")) {
      const reply = await post(path, body);
      expect([path, reply.status]).toEqual([path, expect.any(Number)]);
      expect([path, reply.status >= 400 && reply.status < 500]).toEqual([path, true]);
    }
    const { permissions, actor } = await json("/api/session");
    expect({ polluted: actor.polluted, many: permissions.length > 5 }).toEqual({
      polluted: undefined,
      many: true,
    });
  });

  test.each(QUERIES)("no query does: %s", async (query) => {
    const { send } = await world();
    for (const name of ["__proto__", "letters"])
      for (const path of pathsOf("GET", name))
        expect((await send(`${path}?${query}`)).status).toBeLessThan(500);
  });

  test.each(NAMES)("what is called %s is like any other", async (name) => {
    const { json, post } = await world();
    const queues = await json("/api/queues");
    expect(queues.items.map((queue: { name: string }) => queue.name).sort()).toEqual([...NAMES].sort());
    const queue = `/api/queues/${name}`;
    expect(await json(queue)).toMatchObject({ name, counts: { failed: 1 } });
    expect(await json(`${queue}/jobs?state=failed`)).toMatchObject({
      items: [{ id: name, task: name }],
      total: 1,
    });
    const job = await json(`${queue}/jobs/${name}`);
    expect(job).toMatchObject({ id: name, task: name, error: { name } });
    expect(JSON.parse(job.payload)[name]).toBe(name);
    for (const by of ["task", "worker", "worker_version", `payload:${name}`, "error_shape"])
      expect((await json(`${queue}/breakdown?state=failed&by=${by}`)).groups).toHaveLength(1);
    expect((await json(`${queue}/dlq/shapes`)).items).toMatchObject([
      { count: 1, tasks: [{ task: name, count: 1 }] },
    ]);
    expect((await json(`/api/metrics/history?queue=${name}`)).history.length).toBeGreaterThan(0);
    expect((await json(`/api/workers?queue=${name}`)).items).toMatchObject([{ name, version: name }]);
    expect(await json(`/api/search?job_id=${name}`)).toMatchObject({ items: [{ id: name }] });
    expect((await post(`${queue}/pause`, { reason: name, incident: name })).status).toBe(200);
    const audit = await json(`/api/audit?queue=${name}&incident=${name}`);
    expect(audit).toMatchObject({ total_matching: 1, items: [{ queue: name, reason: name }] });
    expect(audit.facets.queue).toEqual([{ value: name, count: 1 }]);
    const marker = await post("/api/markers", { title: name, kind: "incident", incident: name });
    expect((await marker.json()).incident).toBe(name);
  });
});
