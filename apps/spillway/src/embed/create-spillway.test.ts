import { describe, expect, it } from "vitest";
import { createSpillway } from "./create-spillway.ts";
import { embeddedConfig } from "./embedded-config.ts";
import type { Spillway, SpillwayOptions, SpillwayPerson } from "./public-types.ts";

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The host is who it says it is. */
const mounted = (options: Partial<SpillwayOptions<SpillwayPerson | null>> = {}) =>
  createSpillway<SpillwayPerson | null>({
    basePath: "/ops",
    log: silent,
    authorize: (host) => host,
    ...options,
  });

const ask = (ops: Spillway<SpillwayPerson | null>, path: string, host: unknown) =>
  ops.fetch(new Request(`http://127.0.0.1/ops${path}`), host as SpillwayPerson | null);

describe("createSpillway", () => {
  it.each<[object, string]>([
    [{}, "createSpillway needs authorize"],
    [{ authorize: "none" }, "createSpillway needs authorize"],
    [{ authorize: () => null, auditFlie: "x" }, "Did you mean auditFile?"],
    [
      { authorize: () => null, auditSize: 3 },
      'auditSize must be a whole number from 10 to 1000000, not "3".',
    ],
    [
      { authorize: () => null, engine: "embedded", redis: "redis://x" },
      "redis needs --engine bullmq; the engine is embedded.",
    ],
  ])("rejects %j in one line", async (options, message) => {
    const refused = createSpillway(options as never).catch((error: Error) => error.message);
    expect(await refused).toContain(message);
    expect(await refused).not.toContain("\n");
  });

  it("looks at the Redis that is named, unless told otherwise", () => {
    const { engine } = embeddedConfig({ authorize: () => null, redis: "redis://redis" });
    expect(engine).toMatchObject({ kind: "bullmq", redis: "redis://redis" });
  });

  it("takes the settings of the command line", () => {
    const { access, ...config } = embeddedConfig({
      authorize: () => null,
      engine: "bullmq",
      redis: "redis://redis",
      queues: ["a", "b"],
      history: 50,
      redactPattern: ["A{2,3}", "B+"],
      readOnly: true,
    });
    expect(config.engine).toEqual({
      kind: "bullmq",
      redis: "redis://redis",
      prefix: "bull",
      queues: ["a", "b"],
    });
    expect([config.historySamples, config.policy.readOnly, access.people.by]).toEqual([50, true, "host"]);
  });

  it("lets in whom authorize names, with their roles and no other", async () => {
    await using ops = await mounted();
    expect((await ask(ops, "/api/session", null)).status).toBe(401);
    expect((await ask(ops, "/api/session", undefined)).status).toBe(401);
    const viewer = { id: "7", name: "Ana", roles: ["viewer"] };
    expect(await (await ask(ops, "/api/session", viewer)).json()).toMatchObject({
      actor: { id: "7", name: "Ana", roles: ["viewer"], verified: true },
    });
    expect((await ask(ops, "/api/overview", { ...viewer, roles: [] })).status).toBe(403);
    expect((await ask(ops, "/api/overview", { ...viewer, roles: ["chief"] })).status).toBe(403);
  });

  it("lets nobody in when authorize fails or says nonsense, and logs why", async () => {
    const told: unknown[] = [];
    const log = {
      ...silent,
      error: (_: string, fields?: Record<string, unknown>) => told.push(String(fields?.error)),
    };
    await using ops = await mounted({ log });
    for (const nonsense of [{ id: "7" }, "ana", { id: "", name: "x", roles: ["admin"] }])
      expect((await ask(ops, "/api/overview", nonsense)).status).toBe(500);
    expect(told[0]).toContain("authorize must return { id, name, roles } or null: name");
  });

  it("answers no more once it is closed, and closes once", async () => {
    const ops = await mounted();
    await Promise.all([ops.close(), ops.close()]);
    expect((await ask(ops, "/api/overview", null)).status).toBe(503);
  });

  it("says so if a body was read before", async () => {
    await using ops = await mounted();
    const request = new Request("http://127.0.0.1/ops/api/queues/billing/pause", {
      method: "POST",
      body: "{}",
    });
    await request.text();
    const reply = await ops.fetch(request, null);
    expect([reply.status, (await reply.json()).detail]).toEqual([
      500,
      expect.stringContaining("before whatever reads"),
    ]);
  });
});
