import { setTimeout as sleep } from "node:timers/promises";
import { buildPath } from "@spillway/contract/paths";
import { type AuditRecord, auditRecord, problem, writeReply } from "@spillway/contract/schemas";
import { createWorld as createConsole } from "@spillway/testkit";
import { describe, expect, it } from "vitest";
import { createWorld, until, type World, withoutRedis } from "../test/world.ts";
import { createBullmqEngine } from "./engine.ts";

const QUEUE = "billing";
const CUTS = 50;
/** Under way at each cut. */
const AT_ONCE = 4;
/** Every so many cuts, Redis stands still for longer than a write may take. */
const STILL_EVERY = 25;
const STILL_MS = 5_200;

const answer = problem.or(writeReply);

interface Asked {
  jobId: string;
  auditId: string;
  status: number;
}

async function createScene() {
  const stack = new AsyncDisposableStack();
  const world = stack.use(await createWorld());
  const queue = world.queue(QUEUE);
  const jobs = Array.from({ length: CUTS * AT_ONCE }, (_, i) => ({
    name: "x",
    data: {},
    opts: { jobId: `j${i}` },
  }));
  await queue.addBulk(jobs);
  const worker = await world.worker(QUEUE, () => Promise.reject(new Error("declined")), { concurrency: 50 });
  await until(async () => (await queue.getFailedCount()) === jobs.length, "all have failed");
  await worker.close();
  await world.redis.xtrim(`bull:${QUEUE}:events`, "MAXLEN", 0);
  const engine = stack.use(createBullmqEngine({ url: world.server.url, queues: [QUEUE] }));
  const config = { sampleIntervalMs: 60_000 };
  const shown = stack.use(await createConsole({ clock: "real", wrapEngine: () => engine, config }));
  const connected = () =>
    engine.ping().then(
      () => true,
      () => false,
    );
  return { world, shown, connected, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

/** Cuts every connection but our own, or stops the server for a while. */
async function cut({ redis, server }: World, still: boolean): Promise<void> {
  if (!still) return void (await redis.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"));
  server.process.kill("SIGSTOP");
  await sleep(STILL_MS);
  server.process.kill("SIGCONT");
}

/** How often each job was put back to waiting, by BullMQ's own events. */
async function retriesOf({ redis }: World): Promise<Map<string, number>> {
  const retries = new Map<string, number>();
  for (const [, fields] of await redis.xrange(`bull:${QUEUE}:events`, "-", "+")) {
    const read = (name: string) => fields[fields.indexOf(name) + 1] ?? "";
    if (read("event") !== "waiting" || read("prev") !== "failed") continue;
    retries.set(read("jobId"), (retries.get(read("jobId")) ?? 0) + 1);
  }
  return retries;
}

/** What a record allows of its effect. */
const ALLOWED: Record<AuditRecord["status"], readonly number[]> = {
  success: [1],
  failed: [0],
  unknown: [0, 1],
  pending: [],
};

describe.skipIf(withoutRedis)("Redis cut off in the middle of actions, through the whole console", () => {
  it("what is told as done was done once, as failed not at all, as unknown at most once", {
    timeout: 120_000,
  }, async () => {
    await using scene = await createScene();
    const { world, shown, connected } = scene;
    const asked: Asked[] = [];
    for (let i = 0; i < CUTS; i++) {
      await until(connected, "the engine is connected", 12_000);
      const acting = Array.from({ length: AT_ONCE }, async (_, k) => {
        const jobId = `j${i * AT_ONCE + k}`;
        const path = buildPath("retryJob", { queue: QUEUE, job_id: jobId });
        const reply = await shown.post(path);
        const { audit_id: auditId = "" } = answer.parse(await reply.json());
        asked.push({ jobId, auditId, status: reply.status });
      });
      // From before the first command goes out until after an answer came in, however slow the machine is.
      await (i % 10 === 5 ? Promise.race(acting) : sleep((i % 10) * 0.4));
      await Promise.all([cut(world, i % STILL_EVERY === STILL_EVERY - 1), ...acting]);
    }
    await until(connected, "the engine is connected", 12_000);
    // What was unknown is looked at again 2 s later.
    await sleep(2_500);
    const retries = await retriesOf(world);
    const seen = new Set<string>();
    for (const { jobId, auditId, status } of asked) {
      const record = auditRecord.parse(await (await shown.fetch(`/api/audit/${auditId}`)).json());
      const effects = retries.get(jobId) ?? 0;
      expect([jobId, record.status, ALLOWED[record.status].includes(effects)]).toEqual([
        jobId,
        record.status,
        true,
      ]);
      if (status === 200) expect([jobId, effects]).toEqual([jobId, 1]);
      seen.add(record.entries.length === 3 ? "found out later" : record.status);
    }
    expect(asked).toHaveLength(CUTS * AT_ONCE);
    expect([...seen]).toEqual(expect.arrayContaining(["success", "found out later"]));
  });
});
