import { describe, expect, test } from "vitest";
import { createOutage } from "./outage.ts";
import { createWorld } from "./world.ts";

describe("a world", () => {
  test("is the same for the same seed", async () => {
    const look = async () => {
      await using world = await createWorld({ scenario: "healthy" });
      await world.clock.advance(10_000);
      const { counts } = await (await world.fetch("/api/queues/billing")).json();
      return counts;
    };
    expect(await look()).toEqual(await look());
  });

  test("knows who acts", async () => {
    await using world = await createWorld({ config: { basePath: "/ops/" } });
    world.engine.defineQueue("letters");
    const { audit_id } = await (
      await world.as("Ana").post("/api/queues/letters/pause", { reason: "x" })
    ).json();
    const record = await (await world.fetch(`/api/audit/${audit_id}`)).json();
    expect(record).toMatchObject({ source: "ui", actor: { name: "Ana", verified: false }, reason: "x" });
    expect((await world.as("Eve", ["viewer"]).post("/api/queues/letters/pause")).status).toBe(403);
  });

  test("remembers the name a page said", async () => {
    await using world = await createWorld();
    const ask = (path: string, init?: RequestInit) =>
      world.handle(new Request(`http://localhost${path}`, init));
    const headers = { "Content-Type": "application/json", "X-Spillway-Request": "1" };
    await ask("/api/session/name", { method: "POST", headers, body: '{"name":"Ana"}' });
    expect((await (await ask("/api/session")).json()).actor).toMatchObject({ id: "ana", name: "Ana" });
  });

  test("can be cut off from its engine and comes back", async () => {
    const outage = createOutage();
    await using world = await createWorld({ scenario: "healthy", wrapEngine: outage.wrapEngine });
    const ready = async () => (await world.fetch("/readyz")).status;
    expect(await ready()).toBe(200);
    outage.begin("readonly");
    await world.clock.advance(2_000);
    expect(await (await world.fetch("/readyz")).json()).toMatchObject({ status: 503, cause: "readonly" });
    expect((await world.fetch("/api/queues/billing/jobs?state=failed&q=tenant")).status).toBe(503);
    expect((await world.post("/api/queues/billing/pause")).status).toBe(503);
    outage.end();
    await world.clock.advance(2_000);
    expect(await ready()).toBe(200);
  });
});
