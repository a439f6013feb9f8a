import { setTimeout as sleep } from "node:timers/promises";
import { buildPath } from "@spillway/contract/paths";
import { type Endpoint, type EndpointName, endpoints } from "@spillway/contract/table";
import { createWorld as createConsole, createPolicy } from "@spillway/testkit";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { describe, expect, it } from "vitest";
import { createWorld, until, withoutRedis } from "../test/world.ts";
import { createBullmqEngine } from "./engine.ts";

const HEADERS = { "Content-Type": "application/json", "X-Spillway-Request": "1" };
const selection = { filter: { state: "failed" } };
const BODIES: Partial<Record<EndpointName, object>> = {
  setName: { name: "Ana" },
  createMarker: { title: "v2.1 is out", queue: "billing" },
  setScenario: { name: "healthy" },
  previewSelection: { action: "job.retry", selection },
  bulkJobs: { action: "job.retry", selection },
  redriveJobs: { selection },
  cleanQueue: { state: "failed", older_than_s: 0 },
  logIn: { user: "ana", password: "none" },
};

/** What Redis was told since, by command; those that change nothing left out. Commands of scripts are told one by one. */
async function watchWrites(port: number) {
  const redis = new Redis({ host: "127.0.0.1", port });
  const told: string[] = [];
  const monitor = await redis.monitor();
  monitor.on("monitor", (_time: string, args: string[]) => told.push(String(args[0]).toLowerCase()));
  return {
    async written(): Promise<string[]> {
      // What was sent before this ping was told before it.
      await redis.ping("the end");
      await until(() => told.includes("ping"), "the monitor tells");
      await sleep(50);
      const names = [...new Set(told)];
      const infos = (await redis.call("COMMAND", "INFO", ...names)) as ([string, number, string[]] | null)[];
      const writes = names.filter((_, i) => {
        const flags = infos[i]?.[2].map(String) ?? [];
        return flags.includes("write") || names[i] === "publish";
      });
      return writes.sort();
    },
    heard: () => told.length,
    [Symbol.dispose]() {
      monitor.disconnect();
      redis.disconnect();
    },
  };
}

/** A queue with a job of every kind that can be acted on, and nobody who works. */
async function seed(world: Awaited<ReturnType<typeof createWorld>>) {
  const { port } = world.server;
  const queue = new Queue("billing", { connection: { host: "127.0.0.1", port } });
  await queue.add("charge", {}, { jobId: "to-fail" });
  const worker = await world.worker("billing", () => Promise.reject(new Error("no")));
  await until(async () => (await queue.getFailedCount()) === 1, "a job failed");
  await worker.close(true);
  await queue.add("charge", {}, { jobId: "next" });
  await queue.add("charge", {}, { jobId: "later", delay: 3_600_000 });
  await queue.upsertJobScheduler("nightly", { pattern: "0 3 * * *" }, { name: "sweep" });
  await queue.close();
}

/** Asks for every endpoint as an admin; gives how many writes were answered with what. */
async function sweep(shown: Awaited<ReturnType<typeof createConsole>>): Promise<Map<number, number>> {
  const answers = new Map<number, number>();
  const jobs = { retryJob: "to-fail", cancelJob: "next", promoteJob: "later", removeJob: "next" };
  for (const name of Object.keys(endpoints) as EndpointName[]) {
    const endpoint: Endpoint = endpoints[name];
    const job = Reflect.get(jobs, name) ?? "to-fail";
    const ids = {
      job_id: String(job),
      schedule_id: "nightly",
      audit_id: "none",
      trouble_id: "none",
      marker_id: "none",
    };
    const query = name === "findJob" ? "?job_id=next" : name === "exportAudit" ? "?format=csv" : "";
    const path = buildPath(name, { queue: "billing", ...ids, operation_id: "none", token: "none" }) + query;
    const isPost = endpoint.method === "POST";
    const init = { method: "POST", headers: HEADERS, body: JSON.stringify(BODIES[name] ?? {}) };
    const reply = await shown.fetch(path, isPost ? init : {});
    if (endpoint.reply === "stream") await reply.body?.cancel();
    else await reply.text();
    if (endpoint.action !== undefined) answers.set(reply.status, (answers.get(reply.status) ?? 0) + 1);
  }
  return answers;
}

async function stage(readOnly: boolean) {
  const stack = new AsyncDisposableStack();
  const world = stack.use(await createWorld());
  await seed(world);
  const watch = stack.use(await watchWrites(world.server.port));
  const engine = stack.use(createBullmqEngine({ url: world.server.url, queues: ["billing"] }));
  const shown = stack.use(
    await createConsole({
      clock: "real",
      wrapEngine: () => engine,
      config: { sampleIntervalMs: 200 },
      deps: { policy: createPolicy({ readOnly }) },
    }),
  );
  const answers = await sweep(shown);
  await sleep(1_000);
  const written = await watch.written();
  return { answers, written, heard: watch.heard(), [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

describe.skipIf(withoutRedis)("attack 4: a console that is read-only", () => {
  it("writes nothing to Redis, whatever is asked of it", async () => {
    await using scene = await stage(true);
    expect(scene.heard).toBeGreaterThan(50);
    expect(scene.written).toEqual([]);
    const own = (Object.values(endpoints) as Endpoint[]).filter(({ action }) =>
      action?.startsWith("session."),
    );
    const all = (Object.values(endpoints) as Endpoint[]).filter(({ action }) => action !== undefined);
    expect(scene.answers.get(403)).toBe(all.length - own.length);
  }, 60_000);

  it("is what keeps it from that: without it the same requests write", async () => {
    await using scene = await stage(false);
    expect(scene.written.length).toBeGreaterThan(3);
    expect(scene.answers.get(403)).toBeUndefined();
  }, 60_000);
});
