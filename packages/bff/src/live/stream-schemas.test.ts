import { type StreamEventName, streamEvents } from "@spillway/contract/schemas";
import { EngineError, type QueueEngine } from "@spillway/engine";
import { expect, test } from "vitest";
import { startApp } from "../app.fixture.ts";

interface Told {
  name: StreamEventName;
  data: unknown;
}

/** All that a reader of the stream was told until the server said goodbye. */
async function readAll(reply: Response): Promise<Told[]> {
  const text = await reply.text();
  return text.split("\n\n").flatMap((frame) => {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(frame)?.[1];
    const name = field("event");
    return name === undefined
      ? []
      : [{ name: name as StreamEventName, data: JSON.parse(field("data") ?? "") }];
  });
}

/** An engine whose snapshots fail while `fault.on`. */
function failing(fault: { on: boolean }) {
  return (engine: QueueEngine): QueueEngine =>
    new Proxy(engine, {
      get: (target, key) =>
        key === "snapshot" && fault.on
          ? () => Promise.reject(new EngineError("unavailable", "Redis refused.", { cause: "down" }))
          : Reflect.get(target, key),
    });
}

test("every event that is sent is what the contract says of it, and every kind is sent", async () => {
  const fault = { on: false };
  const { send, post, clock, engine, close } = await startApp({
    scenario: "bad-deploy",
    wrapEngine: failing(fault),
  });
  const streams = ["", "?topic=queue:billing"].map(async (query) =>
    readAll(await send(`/api/events${query}`)),
  );
  // Both have asked before anything happens.
  await clock.advance(5_000);
  const { rows } = await engine.listJobs("billing", "failed", { offset: 0, limit: 2 });
  for (const { id } of rows) await post(`/api/queues/billing/jobs/${id}/retry`);
  await post("/api/queues/emails/pause", { reason: "to see it" });
  await post("/api/queues/nowhere/pause");
  await post("/api/queues/emails/pause", {}, {}, ["viewer"]);
  await post("/api/markers", { title: "v2 is out", kind: "deploy" });
  await engine.pauseQueue("webhooks");
  engine.addWorker({ queues: ["billing"], version: "2.15.0" });
  await clock.advance(5_000);
  fault.on = true;
  await clock.advance(3_000);
  fault.on = false;
  await clock.advance(3_000);
  await post("/api/scenario", { name: "healthy" });
  await clock.advance(3_000);
  await close();

  const told = (await Promise.all(streams)).flat();
  for (const { name, data } of told) expect([name, streamEvents[name].parse(data)]).toEqual([name, data]);
  const sent = new Set(told.map(({ name }) => name));
  const kinds: StreamEventName[] = [
    "hello",
    "overview",
    "queues",
    "workers",
    "metrics",
    "audit",
    "engine",
    "marker",
    "resync",
    "bye",
  ];
  expect(kinds.filter((kind) => !sent.has(kind))).toEqual([]);
  const ofQueue = told.filter(({ name, data }) => name === "metrics" && Reflect.get(Object(data), "queue"));
  expect(ofQueue.length).toBeGreaterThan(0);
});
