import type { QueueEngine } from "@spillway/engine";
import { ANSWER, CANCEL } from "@spillway/worker-agent/protocol";
import { afterAll, describe, expect, it } from "vitest";
import { startReplyDropper } from "../test/reply-dropper.ts";
import type { WorkerPlan } from "../test/worker-process.ts";
import { startWorker, type WorkerProcess } from "../test/worker-processes.ts";
import { createWorld, refusalOf, until, type World, withoutRedis } from "../test/world.ts";
import { createBullmqEngine } from "./engine.ts";
import { CANCEL_PROGRESS } from "./scripts/cancel-request.ts";

interface Scene extends AsyncDisposable {
  world: World;
  engine: QueueEngine;
  worker: WorkerProcess;
}

async function createScene(plan: Partial<WorkerPlan> = {}): Promise<Scene> {
  const stack = new AsyncDisposableStack();
  const world = stack.use(await createWorld());
  await world.queue("billing").waitUntilReady();
  const engine = stack.use(createBullmqEngine({ url: world.server.url, queues: ["billing"] }));
  const worker = stack.use(
    await startWorker({ port: world.server.port, queue: "billing", name: "alpha", agent: true, ...plan }),
  );
  if (plan.agent !== false)
    await until(async () => (await engine.snapshot()).workers?.[0]?.source === "agent", "the agent is seen");
  return { world, engine, worker, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

const jobOf = (engine: QueueEngine, id: string) => engine.job("billing", id);

describe.skipIf(withoutRedis)("cancelling a running job", () => {
  const latencies: number[] = [];

  it.each([
    ["obedient", 1],
    ["obedient", 3],
    ["own-error", 1],
    ["own-error", 3],
  ])("stops one whose processor is %s, with %i attempts, for good", async (task, attempts) => {
    await using scene = await createScene();
    const { world, engine, worker } = scene;
    await world.queue("billing").add(task, {}, { jobId: "it", attempts });
    await worker.heard("started", "it");
    const asked = Date.now();
    const effect = await engine.cancelJob("billing", "it", {
      expectVersion: (await jobOf(engine, "it"))?.version ?? "",
    });
    latencies.push((await worker.heard("signal", "it")) - asked);
    expect(effect).toMatchObject({ state: "failed", stopped: true });
    const job = await jobOf(engine, "it");
    expect(job).toMatchObject({
      state: "failed",
      version: effect.version,
      attemptsMade: 1,
      error: { name: "Cancelled", message: "Cancelled by an operator" },
    });
    expect(job?.attempts).toMatchObject([{ number: 1, error: { name: "Cancelled" } }]);
    // Other jobs go on, and this one does not come back.
    await world.queue("billing").add("stubborn", { ms: 1 }, { jobId: "next" });
    await worker.heard("ended", "next");
    expect(worker.starts("it")).toBe(1);
    expect((await jobOf(engine, "it"))?.version).toBe(effect.version);
    // An operator may retry it; then it runs.
    await engine.retryJob("billing", "it");
    await until(() => worker.starts("it") === 2, "it runs again");
  });

  // How long it took is told, not asserted: it depends on the machine. That it came in time is: the job was stopped.
  afterAll(() => console.info(`The signal fired after ${latencies.join(", ")} ms.`));

  it("tells that one which ignores the signal was not stopped; it ends as it will", async () => {
    await using scene = await createScene();
    const { world, engine, worker } = scene;
    await world.queue("billing").add("stubborn", { ms: 4_000 }, { jobId: "deep", attempts: 3 });
    await worker.heard("started", "deep");
    const effect = await engine.cancelJob("billing", "deep");
    expect(effect).toMatchObject({ state: "active", stopped: false });
    await worker.heard("signal", "deep");
    await until(async () => (await jobOf(engine, "deep"))?.state === "completed", "it ends well");
    expect(worker.starts("deep")).toBe(1);
  });

  it("ends a job that moved itself elsewhere when it was told to stop", async () => {
    await using scene = await createScene();
    const { world, engine, worker } = scene;
    await world.queue("billing").add("to-later", {}, { jobId: "later" });
    await worker.heard("started", "later");
    expect(await engine.cancelJob("billing", "later")).toMatchObject({ state: "failed", stopped: true });
    expect((await jobOf(engine, "later"))?.error?.name).toBe("Cancelled");
  });

  it("is told of a job that vanishes when it fails", async () => {
    await using scene = await createScene();
    const { world, engine, worker } = scene;
    await world.queue("billing").add("obedient", {}, { jobId: "it", removeOnFail: true });
    await worker.heard("started", "it");
    expect(await engine.cancelJob("billing", "it")).toEqual({ state: null, version: null, stopped: true });
    expect(await jobOf(engine, "it")).toBeNull();
  });

  it("is a conflict if the job finished meanwhile", async () => {
    await using scene = await createScene();
    const { world, engine, worker } = scene;
    await world.queue("billing").add("busy", { ms: 300 }, { jobId: "it" });
    await worker.heard("started", "it");
    expect(await refusalOf(engine.cancelJob("billing", "it"))).toMatchObject({
      code: "conflict",
      current: { state: "completed" },
    });
  });

  it("has an unknown outcome if Redis is lost while it is followed, and takes effect once", async () => {
    await using scene = await createScene();
    const { world, worker } = scene;
    await world.queue("billing").add("obedient", {}, { jobId: "it", attempts: 3 });
    await worker.heard("started", "it");
    await using proxy = await startReplyDropper(world.server.port);
    const url = `redis://127.0.0.1:${proxy.port}`;
    await using engine = createBullmqEngine({ url, queues: ["billing"] });
    await engine.snapshot();
    proxy.dropReplyTo(CANCEL_PROGRESS.sha);
    expect(await refusalOf(engine.cancelJob("billing", "it"))).toMatchObject({ code: "outcome_unknown" });
    await until(
      async () => (await jobOf(scene.engine, "it"))?.state === "failed",
      "it is stopped all the same",
    );
    expect(worker.starts("it")).toBe(1);
  });

  it("never hits another run of the same job", async () => {
    await using scene = await createScene();
    const { world, engine, worker } = scene;
    const { redis } = world;
    await world.queue("billing").add("obedient", {}, { jobId: "it" });
    await worker.heard("started", "it");
    const token = (await redis.get("bull:billing:it:lock")) ?? "";
    const holder = token.slice(0, token.lastIndexOf(":"));
    const wrong = [
      { jobId: "it", token, attempt: 2 },
      { jobId: "it", token: `${holder}:99`, attempt: 1 },
      { jobId: "other", token, attempt: 1 },
      { jobId: "it", token },
    ];
    for (const [i, request] of wrong.entries()) {
      const fields = JSON.stringify({ ...request, reason: "mistaken" });
      await redis.hset(`bull:billing:${CANCEL}${holder}`, `r${i}`, fields);
      await until(
        async () => (await redis.get(`bull:billing:${ANSWER}r${i}`)) === "not_here",
        "the agent refuses",
      );
    }
    expect(worker.news.some(({ told }) => told === "signal")).toBe(false);
    expect((await jobOf(engine, "it"))?.state).toBe("active");
    const stale = refusalOf(engine.cancelJob("billing", "it", { expectVersion: "active:0:0::0" }));
    expect(await stale).toMatchObject({ code: "conflict" });
    expect(await redis.hlen(`bull:billing:${CANCEL}${holder}`)).toBe(0);
  });
});

describe.skipIf(withoutRedis)(
  "where a running job can't be cancelled, it says where it runs and what would stop it",
  () => {
    it.each([
      ["no agent", { agent: false }, /worker “alpha”.*attach Spillway's agent/],
      [
        "a processor without a signal",
        { deaf: true },
        /host \S+, process \d+.*takes no AbortSignal.*third parameter/,
      ],
    ])("%s", async (_, plan, words) => {
      await using scene = await createScene(plan);
      const { world, engine, worker } = scene;
      await world.queue("billing").add("stubborn", { ms: 1_500 }, { jobId: "it" });
      await worker.heard("started", "it");
      const error = await refusalOf(engine.cancelJob("billing", "it"));
      expect(error).toMatchObject({ code: "unsupported", capability: "job_cancel_active" });
      expect(error.message).toMatch(words);
      await until(async () => (await jobOf(engine, "it"))?.state === "completed", "it ends well");
    });

    it("a worker that does not answer: nothing is left behind that could stop the job later", async () => {
      await using scene = await createScene();
      const { world, engine, worker } = scene;
      await world.queue("billing").add("obedient", {}, { jobId: "it" });
      await worker.heard("started", "it");
      worker.child.kill("SIGSTOP");
      const error = await refusalOf(engine.cancelJob("billing", "it"));
      expect(error).toMatchObject({ code: "refused" });
      expect(error.message).toMatch(/did not answer within 3 s, so the request was withdrawn/);
      worker.child.kill("SIGCONT");
      await world.queue("billing").add("stubborn", { ms: 700 }, { jobId: "next" });
      await worker.heard("ended", "next");
      expect(worker.news.some(({ told }) => told === "signal")).toBe(false);
      expect((await jobOf(engine, "it"))?.state).toBe("active");
    });

    it("a worker that was lost", async () => {
      await using scene = await createScene();
      const { world, engine, worker } = scene;
      await world.queue("billing").add("obedient", {}, { jobId: "it" });
      await worker.heard("started", "it");
      await worker.kill("SIGKILL");
      const key = "bull:billing:spillway:workers";
      for (const [id, report] of Object.entries(await world.redis.hgetall(key)))
        await world.redis.hset(
          key,
          id,
          report.replace(/^\d+/, (at) => String(Number(at) - 90_000)),
        );
      const error = await refusalOf(engine.cancelJob("billing", "it"));
      expect(error.code).toBe("unsupported");
      expect(error.message).toMatch(/silent for 9\d s.*living worker then takes the job back/);
    });
  },
);
