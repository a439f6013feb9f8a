import type { WorkerRecord } from "@spillway/engine";
import { describe, expect, it } from "vitest";
import { workerHealth } from "./worker-health.ts";
import { createWorkerLedger } from "./worker-ledger.ts";

const T0 = 1_800_000_000_000;

function worker(id: string, over: Partial<WorkerRecord> = {}): WorkerRecord {
  return {
    id,
    name: id,
    host: "h1",
    pid: 1,
    queues: ["email"],
    concurrency: 4,
    concurrencyByQueue: null,
    activeJobs: [{ queue: "email", jobId: `job-of-${id}`, task: "send", startedAt: T0 }],
    startedAt: T0,
    heartbeatAt: T0,
    stoppedAt: null,
    source: "agent",
    version: "2.13.0",
    ...over,
  };
}

describe("workerHealth", () => {
  it("goes by the age of the heartbeat", () => {
    const ages = [0, 12_000, 12_001, 40_000, 40_001];
    expect(ages.map((age) => workerHealth(worker("a"), T0 + age))).toEqual([
      "healthy",
      "healthy",
      "late",
      "late",
      "lost",
    ]);
    const busy = worker("a", { source: "connection" });
    expect([16_000, 20_001].map((age) => workerHealth(busy, T0 + age))).toEqual(["healthy", "late"]);
    expect(workerHealth(worker("a", { stoppedAt: T0 }), T0 + 60_000)).toBe("stopped");
    expect(workerHealth(worker("a", { source: "connection" }), T0 + 60_000)).toBe("gone");
    expect(workerHealth(worker("a", { source: "lock", heartbeatAt: null }), T0 + 60_000)).toBe("healthy");
  });
});

describe("createWorkerLedger", () => {
  it("keeps a killed worker listed with what it held: late, then lost", () => {
    const ledger = createWorkerLedger();
    ledger.observe([worker("a"), worker("b")], T0);
    ledger.observe([worker("b", { heartbeatAt: T0 + 20_000 })], T0 + 20_000);
    expect(ledger.list(T0 + 20_000).find((e) => e.worker.id === "a")).toMatchObject({
      health: "late",
      endedAt: null,
    });
    ledger.observe([worker("b", { heartbeatAt: T0 + 50_000 })], T0 + 50_000);
    const lost = ledger.list(T0 + 50_000).find((e) => e.worker.id === "a");
    expect(lost).toMatchObject({
      health: "lost",
      endedAt: T0,
      worker: { activeJobs: [{ jobId: "job-of-a" }] },
    });
  });

  it("loses nobody while the engine refuses to tell who works", () => {
    const ledger = createWorkerLedger();
    ledger.observe([worker("a")], T0);
    ledger.observe(null, T0 + 60_000);
    expect(ledger.list(T0 + 60_000)[0]?.health).toBe("healthy");
    ledger.observe([worker("a")], T0 + 70_000);
    expect(ledger.list(T0 + 70_000)[0]?.health).toBe("lost");
  });

  it("remembers what a silent worker held when the engine lists it without its jobs", () => {
    const ledger = createWorkerLedger();
    ledger.observe([worker("a")], T0);
    ledger.observe([worker("a", { activeJobs: [] })], T0 + 60_000);
    expect(ledger.list(T0 + 60_000)[0]?.worker.activeJobs).toHaveLength(1);
  });

  it("lists goodbyes as stopped, vanished connections as gone, and takes a worker back", () => {
    const ledger = createWorkerLedger();
    ledger.observe(
      [worker("a", { stoppedAt: T0 }), worker("b", { source: "connection", heartbeatAt: null })],
      T0,
    );
    ledger.observe([], T0 + 5000);
    ledger.observe(null, T0 + 6000);
    const health = () =>
      Object.fromEntries(ledger.list(T0 + 7000).map((entry) => [entry.worker.id, entry.health]));
    expect(health()).toEqual({ a: "stopped", b: "gone" });
    ledger.observe([worker("b", { source: "connection", heartbeatAt: null })], T0 + 7000);
    expect(health()).toEqual({ a: "stopped", b: "healthy" });
  });

  it("is bounded: 500 ended workers, 24 hours", () => {
    const ledger = createWorkerLedger();
    ledger.observe(
      Array.from({ length: 800 }, (_, i) => worker(`w${i}`)),
      T0,
    );
    ledger.observe([worker("x", { heartbeatAt: T0 + 60_000 })], T0 + 60_000);
    expect(ledger.list(T0 + 60_000)).toHaveLength(501);
    ledger.observe([worker("x", { heartbeatAt: T0 + 90_000_000 })], T0 + 90_000_000);
    expect(ledger.list(T0 + 90_000_000).map((entry) => entry.worker.id)).toEqual(["x"]);
  });
});
