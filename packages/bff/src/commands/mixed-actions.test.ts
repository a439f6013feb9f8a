import { buildPath } from "@spillway/contract/paths";
import { type AuditRecord, auditList } from "@spillway/contract/schemas";
import { endpoints, type Role, type WriteName } from "@spillway/contract/table";
import { EngineError, JOB_STATES, type QueueEngine } from "@spillway/engine";
import { expect, test } from "vitest";
import { startApp } from "../app.fixture.ts";

/** Writes of the port, each with the action it is. */
const EFFECTS = {
  pauseQueue: "queue.pause",
  resumeQueue: "queue.resume",
  retryJob: "job.retry",
  cancelJob: "job.cancel",
  removeJob: "job.remove",
  promoteJob: "job.promote",
  pauseSchedule: "schedule.pause",
  resumeSchedule: "schedule.resume",
  runSchedule: "schedule.run",
  removeSchedule: "schedule.remove",
} as const satisfies Partial<Record<keyof QueueEngine, string>>;
type EffectName = keyof typeof EFFECTS;
const isEffect = (key: PropertyKey): key is EffectName => Object.hasOwn(EFFECTS, key);

/** Counts by action what the engine did; now and then it can't be reached and does nothing. */
function counting(random: () => number) {
  const done = new Map<string, number>();
  const wrapEngine = (engine: QueueEngine): QueueEngine =>
    new Proxy(engine, {
      get(target, key) {
        const method: unknown = Reflect.get(target, key);
        if (!isEffect(key) || typeof method !== "function") return method;
        return async (...args: unknown[]) => {
          if (random() < 0.05) throw new EngineError("unavailable", "Not now.", { cause: "down" });
          const effect: unknown = await method.apply(target, args);
          done.set(EFFECTS[key], (done.get(EFFECTS[key]) ?? 0) + 1);
          return effect;
        };
      },
    });
  return { done, wrapEngine };
}

/** The same numbers in [0, 1) for the same seed. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const QUEUES = ["billing", "emails", "webhooks", "reports"];

type World = Awaited<ReturnType<typeof startApp>>;

/** What somebody may ask for: any action that is done at once, mostly of something that is there, by mostly somebody who may. */
function createOperator(world: World, random: () => number) {
  const pick = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)] as T;
  const jobs = {
    retryJob: "failed",
    cancelJob: "waiting",
    removeJob: "failed",
    promoteJob: "delayed",
  } as const;
  const names = (Object.keys(endpoints) as WriteName[]).filter(
    (name) => name in EFFECTS || name === "createMarker" || name === "ackTrouble",
  );
  async function jobOf(queue: string, name: WriteName): Promise<string> {
    if (!(name in jobs) || random() < 0.05) return "nope";
    const state = random() < 0.7 ? jobs[name as keyof typeof jobs] : pick(JOB_STATES);
    const { rows } = await world.engine.listJobs(queue, state, { offset: 0, limit: 20 });
    return rows.length === 0 ? "nope" : pick(rows).id;
  }
  return async () => {
    const name = pick(names);
    const known = pick(QUEUES);
    const schedules = await world.engine.schedules(known);
    const overview = await world.json("/api/overview");
    const params = {
      queue: random() < 0.05 ? "nowhere" : known,
      job_id: await jobOf(known, name),
      schedule_id: schedules.length === 0 || random() < 0.1 ? "nope" : pick(schedules).id,
      trouble_id: overview.trouble.length === 0 ? "nope" : overview.trouble[0].id,
    };
    const body = {
      ...(name === "createMarker" && { title: "a change" }),
      ...(name in jobs && random() < 0.1 && { expect: { version: "an older one" } }),
      ...(random() < 0.5 && { reason: "because" }),
    };
    const roles: Role[] | undefined = random() < 0.1 ? [pick(["viewer", "operator"])] : undefined;
    return { path: buildPath(name, params as never), body, roles };
  };
}

async function allRecords(world: World): Promise<AuditRecord[]> {
  const records: AuditRecord[] = [];
  for (let before = ""; ; ) {
    const { items, chain } = auditList.parse(await world.json(`/api/audit?limit=500${before}`));
    expect(chain.consistent).toBe(true);
    records.push(...items);
    if (items.length < 500) return records;
    before = `&before=${items.at(-1)?.seq}`;
  }
}

/** Acts 1,000 times; which records were promised, and how it was answered. */
async function actAtRandom(world: World, next: ReturnType<typeof createOperator>) {
  const ids = new Set<string>();
  const statuses = new Set<number>();
  for (let i = 0; i < 1_000; i++) {
    const { path, body, roles } = await next();
    const reply = await world.post(path, body, {}, roles);
    statuses.add(reply.status);
    ids.add((await reply.json()).audit_id);
    if (i % 10 === 0) await world.clock.advance(500);
  }
  return { ids, statuses };
}

test.each([1, 2])(
  "1,000 mixed actions are all on record, with every effect, seed %i",
  async (seed) => {
    const random = seeded(seed);
    const { done, wrapEngine } = counting(random);
    const world = await startApp({ scenario: "bad-deploy", wrapEngine });
    for (const queue of QUEUES) {
      for (let i = 0; i < 40; i++) {
        world.engine.addSchedule(queue, { id: `nightly-${i}`, task: "sweep", pattern: "0 3 * * *" });
        world.engine.add(queue, "sweep", {}, { delayMs: 86_400_000 });
      }
    }
    const { ids, statuses } = await actAtRandom(world, createOperator(world, random));
    // Done, denied, missing, conflicting, unreachable: all of it happened.
    expect([...statuses].toSorted((a, b) => a - b)).toEqual([200, 403, 404, 409, 503]);

    // The last ones that were not let in are summed up by then.
    await world.clock.advance(60_000);
    const records = (await allRecords(world)).filter(({ source }) => source === "api" || source === "ui");
    expect(new Set(records.map(({ id }) => id))).toEqual(ids);
    const attempts = records.map(({ details }) => Number(details.attempts ?? 1));
    expect(attempts.reduce((sum, count) => sum + count)).toBe(1_000);
    for (const { status, entries, details } of records) {
      expect(["success", "failed"]).toContain(status);
      const summedUp = "attempts" in details ? ["resolution"] : [];
      expect(entries.map(({ kind }) => kind)).toEqual(["intent", "outcome", ...summedUp]);
    }
    const succeeded = Map.groupBy(
      records.filter(({ status }) => status === "success"),
      ({ action }) => action,
    );
    for (const action of Object.values(EFFECTS)) {
      expect([action, done.get(action)]).toEqual([action, succeeded.get(action)?.length]);
      expect(done.get(action)).toBeGreaterThan(0);
    }
  },
  240_000,
);
