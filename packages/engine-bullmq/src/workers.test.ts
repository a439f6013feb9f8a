import { describe, expect, it } from "vitest";
import { queuesWithWorkers, type WorkerConnection, workerConnections } from "./client-list.ts";
import type { ActiveJob } from "./queue-picture.ts";
import { workersOf } from "./workers.ts";

const NOW = 1_700_000_000_000;

function line(id: number, name: string, addr: string, idle = 2): string {
  return `id=${id} addr=${addr} laddr=127.0.0.1:6379 fd=8 name=${name} age=90 idle=${idle} flags=b db=0 cmd=bzpopmin user=default`;
}

const base64 = (queue: string) => Buffer.from(queue).toString("base64");

function connected(...lines: string[]): WorkerConnection[] {
  return workerConnections(lines.join("\n"), "bull", ["billing", "emails", "größe =/"]);
}

function held(id: string, worker: string | null, lock: string | null, lockLeftMs = 20_000): ActiveJob {
  return { id, task: "charge", startedAt: NOW - 1_000, worker, lock, lockLeftMs };
}

describe("workers told from connections", () => {
  it("takes those of BullMQ's workers only", () => {
    const found = connected(
      line(1, `bull:${base64("billing")}:w:alpha`, "10.0.0.1:5001"),
      line(2, `bull:${base64("größe =/")}`, "10.0.0.1:5002"),
      line(3, `bull:${base64("billing")}:qe`, "10.0.0.1:5003"),
      line(4, `other:${base64("billing")}:w:alpha`, "10.0.0.1:5004"),
      line(5, "", "10.0.0.1:5005"),
      "id=0 addr= name=GCP does not support client list",
    );
    expect(found.map(({ queue, workerName, host }) => [queue, workerName, host])).toEqual([
      ["billing", "alpha", "10.0.0.1"],
      ["größe =/", null, "10.0.0.1"],
    ]);
  });

  it("tells queues that nobody named, and nothing from what is no reply", () => {
    const names = [
      `bull:${base64("größe =/")}:w:alpha`,
      `bull:${base64("billing")}`,
      `bull:${base64("billing")}:w:b`,
    ];
    const others = ["bull:", "bull:not base64", "bull:!", `other:${base64("billing")}`, ""];
    const reply = [...names, ...others].map((name, id) => line(id, name, "10.0.0.1:5001")).join("\n");
    expect(queuesWithWorkers(reply, "bull")).toEqual(["größe =/", "billing"]);
    expect(queuesWithWorkers(new Error("NOPERM"), "bull")).toEqual([]);
  });

  it("makes one worker of one name on one host, and two of two processes that share it", () => {
    const alpha = (queue: string) => `bull:${base64(queue)}:w:alpha`;
    const workers = workersOf(
      connected(
        line(1, alpha("billing"), "10.0.0.1:5001"),
        line(2, alpha("emails"), "10.0.0.1:5002"),
        line(3, alpha("billing"), "10.0.0.1:5003"),
        line(4, alpha("billing"), "[fd00::1]:5003"),
      ),
      new Map(),
      NOW,
    );
    expect(workers.map(({ host, queues }) => [host, queues])).toEqual([
      ["10.0.0.1", ["billing", "emails"]],
      ["10.0.0.1", ["billing"]],
      ["[fd00::1]", ["billing"]],
    ]);
    expect(new Set(workers.map(({ id }) => id)).size).toBe(3);
    expect(workers[0]).toMatchObject({
      heartbeatAt: NOW - 2_000,
      startedAt: NOW - 90_000,
      pid: null,
      concurrency: null,
    });
  });

  it("gives an active job to a worker only if no other could have it", () => {
    const connections = connected(
      line(1, `bull:${base64("billing")}:w:alpha`, "10.0.0.1:5001"),
      line(2, `bull:${base64("billing")}:w:beta`, "10.0.0.1:5002"),
      line(3, `bull:${base64("emails")}`, "10.0.0.1:5003"),
      line(4, `bull:${base64("emails")}`, "10.0.0.1:5004"),
    );
    const active = new Map([
      ["billing", [held("1", "alpha", "u1:1"), held("2", "gone", "u2:1")]],
      ["emails", [held("3", null, "u3:1")]],
    ]);
    const jobs = workersOf(connections, active, NOW).map(({ activeJobs }) =>
      activeJobs.map(({ jobId }) => jobId),
    );
    expect(jobs).toEqual([["1"], [], [], []]);
  });

  it("believes a renewed lock where a busy worker's connection is silent", () => {
    const connections = connected(line(1, `bull:${base64("billing")}:w:alpha`, "10.0.0.1:5001", 120));
    const active = new Map([["billing", [held("1", "alpha", "u1:1", 27_000)]]]);
    expect(workersOf(connections, active, NOW)[0]?.heartbeatAt).toBe(NOW - 3_000);
  });

  it("tells who holds locks in a queue that nobody is connected to", () => {
    const active = new Map([
      ["billing", [held("1", null, "u1:1"), held("2", null, "u1:2"), held("3", null, null)]],
    ]);
    expect(workersOf([], active, NOW)).toMatchObject([
      { id: "lock:u1", source: "lock", activeJobs: [{ jobId: "1" }, { jobId: "2" }] },
    ]);
  });
});
