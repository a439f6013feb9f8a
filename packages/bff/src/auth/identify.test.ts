import { buildPath } from "@spillway/contract/paths";
import { type Endpoint, type EndpointName, endpoints } from "@spillway/contract/table";
import { expect, test } from "vitest";
import { problemOf, startApp } from "../app.fixture.ts";
import type { Actor } from "./actor.ts";
import type { Authenticator } from "./authenticator.ts";

const ANA: Actor = {
  id: "ana",
  name: "Ana",
  verified: true,
  roles: ["operator"],
  auth: "host",
  session: "s-1",
};

/** Knows Ana by a header. */
const byHeader: Authenticator = {
  mode: "host",
  remedy: "Ask Ana.",
  challenge: "Ana",
  identify: async (request) => (request.headers.get("X-Who") === "ana" ? ANA : null),
};

const PARAMS = {
  queue: "letters",
  job_id: "1",
  schedule_id: "1",
  audit_id: "1",
  trouble_id: "1",
  marker_id: "1",
  operation_id: "1",
  token: "1",
};

async function world() {
  const app = await startApp({ deps: { authenticator: byHeader } });
  app.engine.defineQueue("letters");
  return app;
}

function ask(app: Awaited<ReturnType<typeof world>>, name: EndpointName, headers: Record<string, string>) {
  const path = buildPath(name, PARAMS);
  return endpoints[name].method === "POST" ? app.post(path, {}, headers) : app.send(path, { headers });
}

const names = Object.keys(endpoints) as EndpointName[];

test.each(names.filter((name) => (endpoints[name] satisfies Endpoint).role !== "anyone"))(
  "%s answers nobody who isn't known, before it looks at what is asked",
  async (name) => {
    const app = await world();
    const before = await app.engine.queue("letters");
    const reply = await ask(app, name, {});
    expect(reply.headers.get("WWW-Authenticate")).toBe("Ana");
    expect(await problemOf(reply, 401)).toMatchObject({ code: "unauthenticated", detail: "Ask Ana." });
    expect(await app.engine.queue("letters")).toEqual(before);
  },
);

test("what anyone may ask is answered", async () => {
  const app = await world();
  for (const name of ["getLivez", "getReadyz"] as const) expect((await ask(app, name, {})).status).toBe(200);
});

test("who is known goes on record with what tells their login from others", async () => {
  const app = await world();
  const session = await (await ask(app, "getSession", { "X-Who": "ana" })).json();
  expect(session.actor).toMatchObject({ id: "ana", name: "Ana", verified: true });
  expect(session.auth.mode).toBe("host");
  const { audit_id } = await (await ask(app, "pauseQueue", { "X-Who": "ana" })).json();
  const record = await (await app.send(`/api/audit/${audit_id}`, { headers: { "X-Who": "ana" } })).json();
  expect(record.actor).toMatchObject({ id: "ana", verified: true, auth: "host", session: "s-1" });
});
