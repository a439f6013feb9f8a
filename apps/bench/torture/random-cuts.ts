import { setTimeout as sleep } from "node:timers/promises";
import type { AuditRecord } from "@spillway/contract/schemas";
import { type RedisServer, startRedis } from "@spillway/testkit/node";
import { Redis } from "ioredis";
import { createActor } from "../src/act.ts";
import { type Console, knows, startConsole } from "../src/console.ts";
import { seedFailed } from "../src/failed-jobs.ts";
import { seeded } from "../src/seeded.ts";
import { exactly, type Report, type Torture, told } from "../src/torture.ts";

const QUEUE = "billing";
/** Under way at each cut. */
const AT_ONCE = 4;
/** Without a cut at first: how long an answer takes here. A cut then comes before its first command, after it, or in between. */
const CALM_ROUNDS = 10;
/** At every so many cuts, Redis stands still instead, for longer than a write may take. */
const STILL_EVERY = 25;
const STILL_MS = 5_200;
/** What is in doubt is looked at again 2 s later; this is longer. Ms. */
const LOOKED_AT_AGAIN_MS = 5_000;

export const torture: Torture = {
  title: "Redis cut off 500 times in the middle of actions",
  run: (say) => cutOff({ cuts: 500, seed: 1 }, say),
};

interface Plan {
  cuts: number;
  seed: number;
}

/** What somebody asked for, what they heard, and what is on record of it. */
interface Asked {
  jobId: string;
  status: number;
  auditId: string | null;
}

/**
 * Retries jobs, each once, while every connection of the console is cut, or Redis is stopped, at random moments. Then compares
 * what was answered and what is on record with how often BullMQ says that each job was put back.
 */
export async function cutOff({ cuts, seed }: Plan, say: (line: string) => void): Promise<Report> {
  await using server = await startRedis();
  const redis = new Redis(server.url, { maxRetriesPerRequest: null });
  await seedFailed(redis, QUEUE, (CALM_ROUNDS + cuts) * AT_ONCE, Date.now() - 60_000);
  await using console = await startConsole(server.url);
  await knows(console, QUEUE);
  const random = seeded(seed);
  const asked: Asked[] = [];
  const round = () => actOn(console, asked);
  const calmMs = await median(CALM_ROUNDS, round);
  for (let i = 0; i < cuts; i++) {
    await connected(console);
    const acting = round();
    await sleep(random() * 1.5 * calmMs);
    await Promise.all([cut(redis, server, i % STILL_EVERY === STILL_EVERY - 1), acting]);
    if (i % 50 === 49) say(`${i + 1} cuts, ${asked.length} actions`);
  }
  await connected(console);
  await sleep(LOOKED_AT_AGAIN_MS);
  const told = await recordsOf(console, asked);
  const retries = await retriesOf(redis);
  redis.disconnect();
  return compare(cuts, told, retries);
}

/** Retries the next jobs at once. */
async function actOn(console: Console, asked: Asked[]): Promise<void> {
  using actor = createActor(console.url, AT_ONCE);
  const first = asked.length + 1;
  const acting = Array.from({ length: AT_ONCE }, async (_, k) => {
    const jobId = `${first + k}`;
    const answer = await actor.act(`queues/${QUEUE}/jobs/${jobId}/retry`);
    asked.push({ jobId, status: answer?.status ?? 0, auditId: answer?.auditId ?? null });
  });
  await Promise.all(acting);
}

/** How long it takes as a rule, ms. */
async function median(times: number, act: () => Promise<unknown>): Promise<number> {
  const took: number[] = [];
  for (let i = 0; i < times; i++) {
    const from = performance.now();
    await act();
    took.push(performance.now() - from);
  }
  return took.toSorted((a, b) => a - b)[Math.floor(times / 2)] ?? 0;
}

/** Cuts every connection but our own, or stops the server for a while. */
async function cut(redis: Redis, server: RedisServer, isStill: boolean): Promise<void> {
  if (!isStill) return void (await redis.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"));
  server.process.kill("SIGSTOP");
  await sleep(STILL_MS);
  server.process.kill("SIGCONT");
}

async function connected(console: Console): Promise<void> {
  const isReady = () =>
    console.get("readyz").then(
      () => true,
      () => false,
    );
  while (!(await isReady())) await sleep(20);
}

interface Told extends Asked {
  record: AuditRecord | null;
}

async function recordsOf(console: Console, asked: readonly Asked[]): Promise<Told[]> {
  const told: Told[] = [];
  for (const one of asked) {
    const record = one.auditId === null ? null : await console.get<AuditRecord>(`api/audit/${one.auditId}`);
    told.push({ ...one, record });
  }
  return told;
}

/** How often each job was put back to waiting, by BullMQ's own events. */
async function retriesOf(redis: Redis): Promise<Map<string, number>> {
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

function compare(cuts: number, asked: readonly Told[], retries: ReadonlyMap<string, number>): Report {
  const effects = ({ jobId }: Asked): number => retries.get(jobId) ?? 0;
  const count = (is: (one: Told) => boolean): number => asked.filter(is).length;
  const isWrong = (one: Told): boolean =>
    one.record !== null && !ALLOWED[one.record.status].includes(effects(one));
  const ended = (status: AuditRecord["status"]) => count(({ record }) => record?.status === status);
  const isFoundOut = ({ record }: Told): boolean =>
    record !== null && record.status !== "unknown" && record.entries.length > 2;
  return {
    figures: [
      exactly("actions asked for", asked.length, (CALM_ROUNDS + cuts) * AT_ONCE),
      exactly(
        "actions with more than one effect",
        count((one) => effects(one) > 1),
        0,
      ),
      exactly(
        "actions that are not on record",
        count(({ record }) => record === null),
        0,
      ),
      exactly("records that say another thing than BullMQ does", count(isWrong), 0),
      exactly(
        "answers that said it was done and it was not",
        count((one) => one.status === 200 && effects(one) !== 1),
        0,
      ),
      told(
        "on record in the end: success, failed, unknown",
        `${ended("success")}, ${ended("failed")}, ${ended("unknown")}`,
      ),
      told("unknown at first, found out by looking again", `${count(isFoundOut)}`),
      told("effects", `${[...retries.values()].reduce((sum, one) => sum + one, 0)}`),
    ],
    notes: [
      `${AT_ONCE} retries under way at each cut, each of a job of its own; the cut comes at random within one and a half times what answers take as a rule.`,
      `A cut kills every connection of the console; every ${STILL_EVERY}th stops Redis for ${STILL_MS} ms instead, which is longer than a write may take.`,
      "Nobody repeats anything: whatever is done a second time was done by the console itself.",
    ],
  };
}
