import { setTimeout as sleep } from "node:timers/promises";
import { buildPath } from "@spillway/contract/paths";
import {
  type AuditRecord,
  auditRecord,
  operation,
  operationReply,
  problem,
  writeReply,
} from "@spillway/contract/schemas";
import { type Endpoint, endpoints } from "@spillway/contract/table";
import { createWorld as createConsole } from "@spillway/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startReplyDropper } from "../test/reply-dropper.ts";
import { createWorld, until, withoutRedis } from "../test/world.ts";
import { NOT_ON_REDIS, WRITE_CASES, type WriteCase } from "../test/write-cases.ts";
import { createBullmqEngine } from "./engine.ts";

/** Jobs in each queue: several, so that a write on many could do one twice. */
const JOBS = 30;

/** What a write is answered with: done, taken on, or a problem. */
const answer = problem.or(writeReply);

/** A whole console whose engine reaches a real Redis through a proxy that loses answers. */
async function createScene() {
  const stack = new AsyncDisposableStack();
  const world = stack.use(await createWorld());
  const proxy = stack.use(await startReplyDropper(world.server.port));
  const engine = stack.use(createBullmqEngine({ url: `redis://127.0.0.1:${proxy.port}` }));
  const config = { sampleIntervalMs: 60_000 };
  const shown = stack.use(await createConsole({ clock: "real", wrapEngine: () => engine, config }));
  for (const { sent } of WRITE_CASES)
    if (typeof sent !== "string") await world.redis.script("LOAD", sent.lua);
  const connected = () =>
    engine.ping().then(
      () => true,
      () => false,
    );
  const recordOf = async (id: string) =>
    auditRecord.parse(await (await shown.fetch(`/api/audit/${id}`)).json());
  return { world, proxy, shown, connected, recordOf, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}
type Scene = Awaited<ReturnType<typeof createScene>>;

/** Fills a queue of the case's own; resolves to what its path needs. */
async function prepare({ world, shown }: Scene, { name, jobs, afterDrain }: WriteCase) {
  const queue = world.queue(name);
  await queue.upsertJobScheduler("nightly", { pattern: "0 3 * * *" }, { name: "close" });
  if (name === "resumeQueue") await queue.pause();
  const delay = jobs === "delayed" ? 3_600_000 : 0;
  await queue.addBulk(
    Array.from({ length: JOBS }, (_, i) => ({ name: "x", data: {}, opts: { jobId: `j${i}`, delay } })),
  );
  if (jobs === "failed") {
    const worker = await world.worker(name, () => Promise.reject(new Error("declined")), {
      concurrency: JOBS,
    });
    await until(async () => (await queue.getFailedCount()) === JOBS, "all have failed");
    await worker.close();
  }
  const params = {
    queue: name,
    job_id: "j7",
    schedule_id: "nightly",
    operation_id: "",
    trouble_id: "",
    marker_id: "",
  };
  if (afterDrain) {
    const { operation: drain } = operationReply.parse(
      await (await shown.post(`/api/queues/${name}/drain`)).json(),
    );
    const isDone = async () => {
      const told = operation.parse(await (await shown.fetch(`/api/operations/${drain.id}`)).json());
      return told.state === "done";
    };
    await until(isDone, "the drain is done");
    params.operation_id = drain.id;
  }
  await world.redis.xtrim(`bull:${name}:events`, "MAXLEN", 0);
  return params;
}

/** How often the effect took place, by Redis alone. */
async function effectsOf({ world: { redis } }: Scene, { name, effect }: WriteCase): Promise<number> {
  const base = `bull:${name}:`;
  if ("event" in effect) {
    const told = await redis.xrange(`${base}events`, "-", "+");
    const fits = (fields: string[]) =>
      fields[fields.indexOf("event") + 1] === effect.event &&
      (effect.prev === undefined || fields[fields.indexOf("prev") + 1] === effect.prev);
    return told.filter(([, fields]) => fits(fields)).length;
  }
  let count = 0;
  for (const place of effect.places)
    count += await (place === "wait" ? redis.llen(base + place) : redis.zcard(base + place));
  return count;
}

/** Asks, loses the answer to the write itself, and waits until the record says how it ended. */
async function ask(scene: Scene, write: WriteCase): Promise<{ status: number; record: AuditRecord }> {
  const { proxy, shown, connected, recordOf } = scene;
  const params = await prepare(scene, write);
  await until(connected, "the engine is connected");
  const before = proxy.dropped();
  proxy.dropReplyTo(typeof write.sent === "string" ? write.sent : write.sent.sha);
  const reply = await shown.post(buildPath(write.name, params), write.body ?? {});
  const { audit_id: id = "" } = answer.parse(await reply.json());
  await until(() => proxy.dropped() === before + 1, "the answer is lost");
  if (write.works) await scene.world.worker(write.name, () => Promise.resolve());
  const settled = write.isKnown ? "success" : "unknown";
  await until(
    async () => (await recordOf(id)).status === settled,
    `the record of ${write.name} says ${settled}`,
    60_000,
  );
  return { status: reply.status, record: await recordOf(id) };
}

describe.skipIf(withoutRedis)("an answer of Redis that is lost, through the whole console", () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await createScene();
  });
  afterAll(() => scene[Symbol.asyncDispose]());

  it("is tried on every write there is that Redis hears of", () => {
    const writes = Object.entries<Endpoint>(endpoints).flatMap(([name, row]) =>
      row.action === undefined ? [] : [name],
    );
    const known = [...WRITE_CASES.map(({ name }) => name), ...Object.keys(NOT_ON_REDIS)];
    expect(known.toSorted()).toEqual(writes.toSorted());
  });

  it.each(WRITE_CASES)(
    "$name has one effect, and the record says what is known",
    async (write) => {
      const { status, record } = await ask(scene, write);
      expect(await effectsOf(scene, write)).toBe(write.wants(JOBS));
      const kinds = record.entries.map(({ kind }) => kind);
      if (status === 202) expect(kinds).toEqual(["intent", "outcome"]);
      else if (write.isKnown) expect(kinds).toEqual(["intent", "outcome", "resolution"]);
      else expect([status, kinds]).toEqual([504, ["intent", "outcome"]]);
    },
    60_000,
  );

  it("is not made up for later by doing it again", async () => {
    // By then the console has looked again at what was unknown.
    await sleep(2_500);
    const unknown = WRITE_CASES.filter(({ isKnown }) => !isKnown);
    expect(unknown.map(({ name }) => name)).toEqual(["runSchedule"]);
    for (const write of WRITE_CASES)
      expect([write.name, await effectsOf(scene, write)]).toEqual([write.name, write.wants(JOBS)]);
  });
});
