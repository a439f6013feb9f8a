import { setTimeout as sleep } from "node:timers/promises";
import { overview, workerList } from "@spillway/contract/schemas";
import { createWorld as createConsole } from "@spillway/testkit";
import { describe, expect, it } from "vitest";
import { startWorker } from "../test/worker-processes.ts";
import { createWorld, until, withoutRedis } from "../test/world.ts";
import { createBullmqEngine } from "./engine.ts";

const LATE_WITHIN_MS = 15_000;
const LOST_WITHIN_MS = 45_000;

/** A console on a Redis with one worker process, looking as often as the one that ships. */
async function createScene({ agent }: { agent: boolean }) {
  const stack = new AsyncDisposableStack();
  const world = stack.use(await createWorld());
  const queue = world.queue("billing");
  await queue.waitUntilReady();
  const engine = stack.use(createBullmqEngine({ url: world.server.url, queues: ["billing"] }));
  const { port } = world.server;
  const worker = stack.use(await startWorker({ port, queue: "billing", name: "alpha", agent }));
  const shown = stack.use(
    await createConsole({ clock: "real", wrapEngine: () => engine, config: { sampleIntervalMs: 2_000 } }),
  );
  const json = async (path: string): Promise<unknown> => (await shown.fetch(path)).json();
  /** The worker as the console shows it, and when it looked. */
  const look = async () => {
    const { items, as_of } = workerList.parse(await json("/api/workers"));
    return { at: Date.parse(as_of), worker: items[0], count: items.length };
  };
  const trouble = async () => overview.parse(await json("/api/overview")).trouble.map(({ id }) => id);
  return { queue, worker, shown, json, look, trouble, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

describe.skipIf(withoutRedis)("through a console", () => {
  it("a worker that was killed is late within 15 s, lost within 45 s, and listed with what it held", async () => {
    await using scene = await createScene({ agent: true });
    const { queue, worker, look, json, trouble } = scene;
    await queue.add("obedient", {}, { jobId: "held", attempts: 3 });
    await worker.heard("started", "held");
    await until(async () => (await look()).worker?.active_jobs[0]?.job_id === "held", "its job is shown");
    await worker.kill("SIGKILL");
    const killedAt = Date.now();
    const seen: { age: number; health: string }[] = [];
    while (seen.at(-1)?.health !== "lost" && (seen.at(-1)?.age ?? 0) < LOST_WITHIN_MS + 10_000) {
      const { at, worker: shown, count } = await look();
      expect(count).toBe(1);
      expect(shown).toMatchObject({ name: "alpha", active_jobs: [{ job_id: "held", queue: "billing" }] });
      seen.push({ age: at - killedAt, health: shown?.health ?? "not listed" });
      await sleep(250);
    }
    const first = (health: string) => seen.find((one) => one.health === health)?.age;
    console.info(`Shown as late ${first("late")} ms after the kill, as lost after ${first("lost")} ms.`);
    // However slow this machine is: no picture that was taken later than that shows it as more alive.
    const after = (ms: number) => new Set(seen.filter(({ age }) => age > ms).map(({ health }) => health));
    expect(after(LATE_WITHIN_MS)).toEqual(new Set(["late", "lost"]));
    expect([...after(LOST_WITHIN_MS)].every((health) => health === "lost")).toBe(true);
    expect(seen.at(-1)?.health).toBe("lost");
    await until(
      async () => (await trouble()).join() === "worker_lost:billing",
      "that is what needs attention",
    );
    expect(await json("/api/queues/billing/breakdown?state=active&by=worker")).toMatchObject({
      groups: [{ key: (await look()).worker?.id, count: 1, stalled: 1 }],
    });
  }, 90_000);

  it("a job that is cancelled hears of it within a second, ends for good, and the record says so", async () => {
    await using scene = await createScene({ agent: true });
    const { queue, worker, shown, json } = scene;
    await until(async () => (await scene.look()).worker?.source === "agent", "the agent is seen");
    const latencies: number[] = [];
    for (const id of ["first", "second", "third"]) {
      await queue.add("obedient", {}, { jobId: id, attempts: 5 });
      await worker.heard("started", id);
      const asked = Date.now();
      const reply = await shown.post(`/api/queues/billing/jobs/${id}/cancel`, { reason: "INC-1" });
      latencies.push((await worker.heard("signal", id)) - asked);
      expect(await reply.json()).toMatchObject({ status: "success", stopped: true });
      expect(await json(`/api/audit?job_id=${id}`)).toMatchObject({
        items: [
          {
            action: "job.cancel",
            status: "success",
            details: { from: "active", to: "failed", stopped: true },
          },
        ],
      });
      expect(await json(`/api/queues/billing/jobs/${id}`)).toMatchObject({
        state: "failed",
        error: { name: "Cancelled" },
      });
    }
    console.info(`The signal fired after ${latencies.join(", ")} ms.`);
    // Each of them on its own may have met a pause of the machine.
    expect(latencies.toSorted((a, b) => a - b)[1]).toBeLessThanOrEqual(1_000);
    await queue.add("stubborn", { ms: 1_500 }, { jobId: "after" });
    await worker.heard("ended", "after");
    expect(["first", "second", "third"].map((id) => worker.starts(id))).toEqual([1, 1, 1]);
  });

  it("without an agent nothing can stop it, which is said with where it runs and what would", async () => {
    await using scene = await createScene({ agent: false });
    const { queue, worker, shown, json } = scene;
    await queue.add("obedient", {}, { jobId: "it", attempts: 5 });
    await worker.heard("started", "it");
    const reply = await shown.post("/api/queues/billing/jobs/it/cancel", {});
    expect(reply.status).toBe(501);
    expect(await reply.json()).toMatchObject({
      code: "unsupported",
      capability: "job_cancel_active",
      detail: expect.stringMatching(/It runs on worker “alpha”.*Stop that worker's process, or attach/),
    });
    expect(await json("/api/audit?job_id=it")).toMatchObject({ items: [{ status: "failed" }] });
    expect(await json("/api/queues/billing/jobs/it")).toMatchObject({ state: "active" });
  });
});
