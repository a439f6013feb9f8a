import { describe, expect } from "vitest";
import type { TargetResult } from "../many-records.ts";
import {
  addMany,
  type Behaviour,
  failMany,
  freshReceipt,
  gather,
  idsIn,
  idsOf,
  mustFind,
  ran,
  reach,
  refusal,
} from "./behaviour.ts";
import type { Harness } from "./harness.ts";

const HOUR = 3_600_000;
export const WAITING_ALONE = { includeDelayed: false };
export const WITH_DELAYED = { includeDelayed: true };

export const holdOf = (harness: Harness, id = "hold-1") => ({ id, until: harness.now() + 24 * HOUR });

/** Moves these jobs of `letters` aside, one by one. */
export const setAside = (harness: Harness, ids: readonly string[], id = "hold-1"): Promise<TargetResult[]> =>
  harness.engine.actOnJobs(
    "letters",
    "remove",
    ids.map((each) => ({ id: each })),
    { receipt: freshReceipt(), hold: holdOf(harness, id) },
  );

/** Behaviours of engines that can hold; of one that can't, that it says so. */
export const whereHeld =
  (behaviour: Behaviour): Behaviour =>
  (name, show) =>
    behaviour(name, async (harness) => {
      if (harness.engine.capabilities.hold === true) return show(harness);
      const id = await harness.add("letters", { task: "ok" });
      const attempts = [
        harness.engine.holdWaiting("letters", holdOf(harness), WAITING_ALONE),
        setAside(harness, [id]),
      ];
      for (const attempt of attempts) {
        const { capability } = await refusal(attempt, "unsupported");
        expect(capability).toBe("hold");
      }
      expect((await mustFind(harness, "letters", id)).state).toBe("waiting");
      expect(await harness.engine.holds()).toEqual([]);
    });

export function describeHolds(behaviour: Behaviour): void {
  const holding = whereHeld(behaviour);

  describe("holding all waiting jobs", () => {
    holding("moves them aside, prioritized ones too, and counts them", async (harness) => {
      await addMany(harness, "letters", 3);
      await addMany(harness, "letters", 2, { priority: 4 });
      const later = await harness.add("letters", { task: "ok", delayMs: HOUR });
      expect(await harness.engine.holdWaiting("letters", holdOf(harness), WAITING_ALONE)).toBe(5);
      const { counts } = await harness.engine.queue("letters");
      expect(counts).toMatchObject({ waiting: 0, delayed: 1 });
      expect((await mustFind(harness, "letters", later)).state).toBe("delayed");
    });

    holding("moves delayed jobs too if asked", async (harness) => {
      await addMany(harness, "letters", 2);
      await harness.add("letters", { task: "ok", delayMs: HOUR });
      expect(await harness.engine.holdWaiting("letters", holdOf(harness), WITH_DELAYED)).toBe(3);
      expect((await harness.engine.queue("letters")).counts).toMatchObject({ waiting: 0, delayed: 0 });
    });

    holding("touches neither active nor finished nor blocked jobs", async (harness) => {
      const failed = await ran(harness, "letters", { task: "fail" }, "failed");
      const children = [{ queue: "parcels", task: "ok" }];
      const blocked = await harness.add("letters", { task: "ok", children });
      const active = await harness.add("letters", { task: "slow" });
      await harness.process("letters");
      await reach(harness, "letters", active, "active");
      await addMany(harness, "letters", 2);
      expect(await harness.engine.holdWaiting("letters", holdOf(harness), WITH_DELAYED)).toBe(2);
      expect((await mustFind(harness, "letters", active)).state).toBe("active");
      expect((await mustFind(harness, "letters", failed.id)).state).toBe("failed");
      expect((await mustFind(harness, "letters", blocked)).state).toBe("blocked");
    });

    holding("holds those of a paused queue, which stays paused", async (harness) => {
      await addMany(harness, "letters", 2);
      await harness.engine.pauseQueue("letters");
      expect(await harness.engine.holdWaiting("letters", holdOf(harness), WAITING_ALONE)).toBe(2);
      expect(await harness.engine.queue("letters")).toMatchObject({ paused: true, counts: { waiting: 0 } });
    });

    holding("an empty queue has nothing to hold", async (harness) => {
      await harness.createQueue("letters");
      expect(await harness.engine.holdWaiting("letters", holdOf(harness), WITH_DELAYED)).toBe(0);
      expect(await harness.engine.holds()).toEqual([]);
    });

    holding("adds to a hold that is there", async (harness) => {
      const hold = holdOf(harness);
      await addMany(harness, "letters", 3);
      await harness.engine.holdWaiting("letters", hold, WAITING_ALONE);
      expect(await harness.engine.holdWaiting("letters", hold, WAITING_ALONE)).toBe(0);
      await addMany(harness, "letters", 2);
      expect(await harness.engine.holdWaiting("letters", hold, WAITING_ALONE)).toBe(2);
      expect(await harness.engine.holds()).toMatchObject([{ id: hold.id, count: 5 }]);
    });

    holding("leaves the next run of a schedule where it is", async (harness) => {
      await harness.addSchedule("letters", { id: "daily", task: "ok", pattern: "0 4 * * *" });
      await harness.add("letters", { task: "ok", delayMs: HOUR });
      const before = await harness.engine.schedules("letters");
      expect(await harness.engine.holdWaiting("letters", holdOf(harness), WITH_DELAYED)).toBe(1);
      expect(await harness.engine.schedules("letters")).toEqual(before);
    });

    holding("schedules go on running", async (harness) => {
      await harness.addSchedule("letters", { id: "often", task: "ok", everyMs: 300 });
      await harness.process("letters");
      const runs = async () => (await harness.engine.queue("letters")).counts.completed;
      await harness.settle(async () => (await runs()) >= 1, "the schedule ran");
      await harness.engine.holdWaiting("letters", holdOf(harness), WITH_DELAYED);
      const before = await runs();
      await harness.settle(async () => (await runs()) >= before + 2, "the schedule ran twice more");
    });

    holding("knows no unknown queue", async (harness) => {
      const { engine } = harness;
      const hold = holdOf(harness);
      await refusal(engine.holdWaiting("nowhere", hold, WAITING_ALONE), "queue_not_found");
      await refusal(engine.releaseHeld("nowhere", "hold-1", 10), "queue_not_found");
      await refusal(engine.purgeHeld("nowhere", "hold-1", 10), "queue_not_found");
    });

    holding("refuses a hold whose id can't be kept", async (harness) => {
      const id = await harness.add("letters", { task: "ok" });
      for (const bad of ["", "two words", "a:b", "a".repeat(65)]) {
        const hold = holdOf(harness, bad);
        await refusal(harness.engine.holdWaiting("letters", hold, WAITING_ALONE), "refused");
        await refusal(setAside(harness, [id], bad), "refused");
      }
      expect(await idsIn(harness, "letters", "waiting")).toEqual([id]);
      expect(await setAside(harness, [id], `op_1-${"Z".repeat(59)}`)).toMatchObject([{ outcome: "done" }]);
    });
  });

  describe("a held job", () => {
    holding("is in no list, count, scan or search, and nothing is done to it", async (harness) => {
      const { engine } = harness;
      const failed = await failMany(harness, "letters", 2);
      const waiting = await addMany(harness, "letters", 2);
      await setAside(harness, failed);
      await engine.holdWaiting("letters", holdOf(harness), WAITING_ALONE);
      const ids = [...failed, ...waiting];
      const states = ["waiting", "failed"] as const;
      for (const state of states) expect(await idsIn(harness, "letters", state)).toEqual([]);
      const [batch] = await gather(engine.scan("letters", { states, fields: [] }));
      expect(batch).toMatchObject({ rows: [], scanned: 0, totalToScan: 0 });
      expect(await engine.jobsById("letters", ids)).toEqual([]);
      const { counts } = await engine.queue("letters");
      expect(counts).toEqual({ waiting: 0, active: 0, delayed: 0, blocked: 0, completed: 0, failed: 0 });
      for (const id of ids) {
        expect(await engine.job("letters", id)).toBeNull();
        expect((await engine.findJob(id)).rows).toEqual([]);
        await refusal(engine.jobLogs("letters", id, { offset: 0, limit: 1 }), "job_not_found");
        for (const act of [engine.retryJob, engine.cancelJob, engine.removeJob, engine.promoteJob])
          await refusal(act("letters", id), "job_not_found");
      }
      for (const action of ["retry", "cancel", "remove", "promote"] as const) {
        const targets = ids.map((id) => ({ id }));
        const results = await engine.actOnJobs("letters", action, targets, { receipt: freshReceipt() });
        expect(results.map(({ outcome }) => outcome)).toEqual(ids.map(() => "gone"));
      }
    });

    holding("does not run", async (harness) => {
      await addMany(harness, "letters", 3);
      await harness.add("letters", { task: "ok", delayMs: 50 });
      await harness.engine.holdWaiting("letters", holdOf(harness), WITH_DELAYED);
      const after = await harness.add("letters", { task: "ok" });
      await harness.process("letters");
      await reach(harness, "letters", after, "completed");
      await harness.pass(300);
      expect((await harness.engine.queue("letters")).counts).toMatchObject({ waiting: 0, completed: 1 });
      expect(await harness.engine.holds()).toMatchObject([{ count: 4 }]);
    });

    holding("keeps its id: another job of this id is not added", async (harness) => {
      const id = await harness.add("letters", { task: "ok", id: "same-id", payload: { first: true } });
      await harness.engine.holdWaiting("letters", holdOf(harness), WAITING_ALONE);
      await harness.add("letters", { task: "ok", id, payload: { first: false } });
      expect(await idsIn(harness, "letters", "waiting")).toEqual([]);
      await harness.engine.releaseHeld("letters", "hold-1", 10);
      expect((await mustFind(harness, "letters", id)).payload).toBe('{"first":true}');
    });
  });

  describe("holds", () => {
    holding("are listed with how many they hold, of which queue, since and until when", async (harness) => {
      expect(await harness.engine.holds()).toEqual([]);
      await addMany(harness, "letters", 3);
      await addMany(harness, "parcels", 2);
      const before = harness.now();
      const hold = holdOf(harness, "same-name");
      for (const queue of ["letters", "parcels"])
        await harness.engine.holdWaiting(queue, hold, WAITING_ALONE);
      const holds = (await harness.engine.holds()).toSorted((a, b) => a.count - b.count);
      const heldAt = expect.any(Number);
      expect(holds).toEqual([
        { ...hold, queue: "parcels", count: 2, heldAt },
        { ...hold, queue: "letters", count: 3, heldAt },
      ]);
      for (const each of holds) {
        expect(each.heldAt).toBeGreaterThanOrEqual(before - 1000);
        expect(each.heldAt).toBeLessThanOrEqual(harness.now() + 1000);
      }
      const { queues } = await harness.engine.snapshot();
      expect(queues.map(({ name }) => name)).toEqual(["letters", "parcels"]);
    });

    holding("tell by page which jobs they hold", async (harness) => {
      const { engine } = harness;
      const ids = await addMany(harness, "letters", 25);
      ids.push(...(await addMany(harness, "letters", 5, { priority: 3 })));
      ids.push(...(await addMany(harness, "letters", 5, { delayMs: HOUR })));
      await engine.holdWaiting("letters", holdOf(harness), WITH_DELAYED);
      ids.push(...(await addMany(harness, "letters", 3)));
      await engine.holdWaiting("letters", holdOf(harness), WAITING_ALONE);
      const page = (offset: number, limit = 7) => engine.heldIds("letters", "hold-1", { offset, limit });
      const pages = await Promise.all([0, 7, 14, 21, 28, 35, 42].map((offset) => page(offset)));
      expect(pages.map(({ rows, total }) => [rows.length, total])).toEqual(
        [7, 7, 7, 7, 7, 3, 0].map((size) => [size, 38]),
      );
      expect(pages.flatMap(({ rows }) => rows).toSorted()).toEqual(ids.toSorted());
      expect((await page(0, 100)).rows).toEqual(pages.flatMap(({ rows }) => rows));
      await engine.releaseHeld("letters", "hold-1", 30);
      expect(await page(0, 100)).toMatchObject({ total: 8, rows: { length: 8 } });
      await engine.releaseHeld("letters", "hold-1", 30);
      expect(await page(0)).toEqual({ rows: [], total: 0 });
      await refusal(engine.heldIds("nowhere", "hold-1", { offset: 0, limit: 1 }), "queue_not_found");
    });

    holding("take jobs one by one at the version that was read, but none that is active", async (harness) => {
      const active = await harness.add("letters", { task: "slow" });
      await harness.process("letters");
      await reach(harness, "letters", active, "active");
      const [changed, same] = await addMany(harness, "letters", 2, { delayMs: HOUR });
      if (!changed || !same) throw new Error("no ids");
      const targets = (await harness.engine.jobsById("letters", [changed, same, active])).map(
        ({ id, version }) => ({ id, expectVersion: version }),
      );
      await harness.engine.promoteJob("letters", changed);
      const options = { receipt: freshReceipt(), hold: holdOf(harness) };
      const results = await harness.engine.actOnJobs("letters", "remove", targets, options);
      expect(results.map(({ id, outcome, state }) => [id, outcome, state])).toEqual([
        [changed, "conflict", "waiting"],
        [same, "done", null],
        [active, "conflict", "active"],
      ]);
      expect(await harness.engine.actOnJobs("letters", "remove", targets, options)).toEqual(results);
      expect(await harness.engine.holds()).toMatchObject([{ count: 1 }]);
      expect(idsOf(await harness.engine.jobsById("letters", [changed, same]))).toEqual([changed]);
    });
  });
}
