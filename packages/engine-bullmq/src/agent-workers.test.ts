import { describe, expect, it } from "vitest";
import { agentWorkers, joinUnspoken, spokenFor, withoutAgents } from "./agent-workers.ts";
import { type Agent, createRedisTime } from "./agents.ts";
import type { WorkerConnection } from "./client-list.ts";
import type { ActiveJob } from "./queue-picture.ts";
import { workersOf } from "./workers.ts";

const NOW = 1_700_000_000_000;

function agent(
  worker: string,
  more: Partial<Agent["report"]> = {},
  silentMs = 1_000,
  queue = "billing",
): Agent {
  return {
    queue,
    heartbeatAt: NOW - silentMs,
    report: {
      worker,
      group: `alpha@host#1.${worker}`,
      name: "alpha",
      connectionName: "alpha",
      host: "host",
      pid: 1,
      version: null,
      concurrency: 2,
      uptimeMs: 60_000,
      jobs: [],
      cancels: true,
      stopped: false,
      ...more,
    },
  };
}

function connection(id: number, ageS: number, workerName: string | null = "alpha"): WorkerConnection {
  return { id, queue: "billing", workerName, address: `10.0.0.1:${id}`, host: "10.0.0.1", ageS, idleS: 1 };
}

function held(id: string, lock: string): ActiveJob {
  return { id, task: "charge", startedAt: NOW - 500, worker: "alpha", lock, lockLeftMs: 20_000 };
}

const left = (connections: WorkerConnection[], agents: Agent[]) => {
  const spoken = spokenFor(connections, agents, NOW);
  return connections.filter((one) => !spoken.has(one)).map(({ id }) => id);
};

describe("workers told by their agents", () => {
  it("stand for one connection each, of their queue and name, the nearest in age", () => {
    const all = [connection(1, 5), connection(2, 61), connection(3, 900), connection(4, 61, "beta")];
    expect(left(all, [agent("a")])).toEqual([1, 3, 4]);
    expect(left(all, [agent("a"), agent("b", { uptimeMs: 4_000 })])).toEqual([3, 4]);
    expect(left(all, [agent("a", { connectionName: null })])).toEqual([1, 2, 3, 4]);
    expect(left(all, [agent("a", {}, 1_000, "emails")])).toEqual([1, 2, 3, 4]);
  });

  it("stand for none once they stopped or fell silent: what is connected then is another worker", () => {
    expect(left([connection(1, 61)], [agent("a", { stopped: true })])).toEqual([1]);
    expect(left([connection(1, 61)], [agent("a", {}, 41_000)])).toEqual([1]);
    expect(left([connection(1, 61)], [agent("a", {}, 39_000)])).toEqual([]);
  });

  it("hold what their locks say while they beat, and what they said last once they are silent", () => {
    const jobs = [{ id: "told", task: "charge", startedAt: NOW - 9_000 }];
    const active = new Map([["billing", [held("locked", "a:1"), held("of another", "b:1")]]]);
    const ids = (one: Agent) => agentWorkers([one], active, NOW)[0]?.activeJobs.map(({ jobId }) => jobId);
    expect(ids(agent("a", { jobs }))).toEqual(["locked"]);
    expect(ids(agent("a", { jobs }, 16_000))).toEqual(["locked", "told"]);
    expect(ids(agent("a", { jobs, stopped: true }))).toEqual([]);
    expect(withoutAgents(active, [agent("a")]).get("billing")).toEqual([held("of another", "b:1")]);
  });

  it("are one worker where they are one group; it stopped when all of it did", () => {
    const group = { group: "g" };
    const both = [agent("a", group), agent("b", { ...group, version: "2" }, 3_000, "emails")];
    expect(agentWorkers(both, new Map(), NOW)).toMatchObject([
      {
        id: "g",
        queues: ["billing", "emails"],
        concurrency: 4,
        concurrencyByQueue: { billing: 2, emails: 2 },
        heartbeatAt: NOW - 1_000,
        stoppedAt: null,
        version: "2",
      },
    ]);
    const half = [agent("a", { ...group, stopped: true }), agent("b", group, 3_000, "emails")];
    expect(agentWorkers(half, new Map(), NOW)).toMatchObject([{ queues: ["emails"], stoppedAt: null }]);
    const none = half.map((one) => ({ ...one, report: { ...one.report, stopped: true } }));
    expect(agentWorkers(none, new Map(), NOW)).toMatchObject([
      { queues: ["billing", "emails"], stoppedAt: NOW - 1_000 },
    ]);
  });

  it("are whole with what connects by their name from their host for queues without an agent", () => {
    const on = (id: number, queue: string, ageS: number) => ({ ...connection(id, ageS), queue });
    const connections = [
      on(1, "billing", 61),
      on(2, "billing", 901),
      on(3, "reports", 900),
      on(4, "reports", 60),
    ];
    const agents = [agent("a", { group: "a" }), agent("b", { group: "b", uptimeMs: 900_000 })];
    const spoken = spokenFor(connections, agents, NOW);
    const unspoken = connections.filter((one) => !spoken.has(one));
    const others = workersOf(unspoken, new Map(), NOW);
    const all = joinUnspoken(agentWorkers(agents, new Map(), NOW), others, spoken);
    expect(all).toMatchObject([
      { id: "a", queues: ["billing", "reports"], concurrency: null, concurrencyByQueue: { billing: 2 } },
      { id: "b", queues: ["billing", "reports"], concurrency: null, concurrencyByQueue: { billing: 2 } },
    ]);
    const elsewhere = others.map((one) => ({ ...one, host: "10.0.0.2" }));
    expect(joinUnspoken(agentWorkers(agents, new Map(), NOW), elsewhere, spoken)).toHaveLength(4);
  });
});

describe("Redis' time in the engine's", () => {
  it("keeps still under jitter, follows a clock that was set, and is never in the future", () => {
    const time = createRedisTime();
    const frozen = 5_000;
    expect(time(frozen, 10_000, NOW)).toBe(NOW - 5_000);
    expect(time(frozen, 12_000, NOW + 2_040)).toBe(NOW - 5_000);
    expect(time(frozen, 14_000, NOW + 3_604_000)).toBe(NOW + 3_595_000);
    expect(time(14_020, 14_000, NOW + 3_604_000)).toBe(NOW + 3_604_000);
  });
});
