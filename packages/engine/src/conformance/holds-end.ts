import { describe, expect } from "vitest";
import { addMany, type Behaviour, failMany, idsIn, idsOf, mustFind, ran, reach } from "./behaviour.ts";
import type { Harness } from "./harness.ts";
import { holdOf, setAside, WAITING_ALONE, WITH_DELAYED, whereHeld } from "./holds.ts";

const HOUR = 3_600_000;
const HOLD = "hold-1";

const holdAll = (harness: Harness): Promise<number> =>
  harness.engine.holdWaiting("letters", holdOf(harness), WITH_DELAYED);
const release = (harness: Harness, limit = 1000) => harness.engine.releaseHeld("letters", HOLD, limit);
const purge = (harness: Harness, limit = 1000) => harness.engine.purgeHeld("letters", HOLD, limit);

export function describeEndOfHolds(behaviour: Behaviour): void {
  const holding = whereHeld(behaviour);

  describe("putting held jobs back", () => {
    holding("brings each back as it was, whatever its state", async (harness) => {
      const { engine } = harness;
      const options = { attempts: 2, backoffMs: 10, payload: { a: 1 } };
      const [failed, retried] = await failMany(harness, "letters", 2, options);
      if (!failed || !retried) throw new Error("no ids");
      const completed = await ran(harness, "letters", { task: "log" }, "completed");
      await engine.retryJob("letters", retried);
      const cancelled = await harness.add("letters", { task: "ok" });
      await engine.cancelJob("letters", cancelled);
      const ids = [failed, retried, completed.id, cancelled];
      ids.push(await harness.add("letters", { task: "ok", id: "plain" }));
      ids.push(await harness.add("letters", { task: "ok", priority: 5 }));
      ids.push(await harness.add("letters", { task: "ok", delayMs: HOUR, attempts: 4 }));
      const before = await Promise.all(ids.map((id) => mustFind(harness, "letters", id)));
      const results = await setAside(harness, ids);
      expect(results.map(({ outcome }) => outcome)).toEqual(ids.map(() => "done"));
      expect(await release(harness)).toEqual({ moved: ids.length, left: 0 });
      for (const job of before) {
        const after = await mustFind(harness, "letters", job.id);
        expect({ ...after, version: job.version }).toEqual(job);
      }
      expect(await engine.holds()).toEqual([]);
    });

    holding("keeps all ids in their order, ahead of those added meanwhile", async (harness) => {
      await addMany(harness, "letters", 12);
      await addMany(harness, "letters", 6, { priority: 4 });
      await addMany(harness, "letters", 6, { priority: 2 });
      await addMany(harness, "letters", 4, { delayMs: HOUR });
      const states = ["waiting", "delayed"] as const;
      const before = await Promise.all(states.map((state) => idsIn(harness, "letters", state)));
      expect(await holdAll(harness)).toBe(28);
      const plain = await harness.add("letters", { task: "ok" });
      const prioritized = await harness.add("letters", { task: "ok", priority: 4 });
      await release(harness);
      const after = await Promise.all(states.map((state) => idsIn(harness, "letters", state)));
      const earlier = after.map((ids) => ids.filter((id) => id !== plain && id !== prioritized));
      expect(earlier).toEqual(before);
      expect(after[0]?.slice(0, 13)).toEqual([...(before[0]?.slice(0, 12) ?? []), plain]);
      expect(after[0]?.at(-1)).toBe(prioritized);
    });

    holding("keeps the order of jobs that were held one by one", async (harness) => {
      const failed = await failMany(harness, "letters", 6);
      const failedBefore = await idsIn(harness, "letters", "failed");
      const waiting = await addMany(harness, "letters", 6);
      await setAside(harness, failed.toReversed());
      await setAside(harness, waiting.toReversed());
      await release(harness);
      expect(await idsIn(harness, "letters", "failed")).toEqual(failedBefore);
      expect(await idsIn(harness, "letters", "waiting")).toEqual(waiting);
    });

    holding("goes in steps and says how many are left", async (harness) => {
      const ids = await addMany(harness, "letters", 7);
      await harness.engine.holdWaiting("letters", holdOf(harness), WAITING_ALONE);
      expect(await release(harness, 3)).toEqual({ moved: 3, left: 4 });
      expect((await harness.engine.queue("letters")).counts.waiting).toBe(3);
      expect(await harness.engine.holds()).toMatchObject([{ count: 4 }]);
      expect(await release(harness, 3)).toEqual({ moved: 3, left: 1 });
      expect(await release(harness, 3)).toEqual({ moved: 1, left: 0 });
      expect(await harness.engine.holds()).toEqual([]);
      expect(await idsIn(harness, "letters", "waiting")).toEqual(ids);
    });

    holding("sets idle workers going, and each job runs once", async (harness) => {
      const ids = await addMany(harness, "letters", 30);
      await holdAll(harness);
      await harness.process("letters");
      await harness.pass(300);
      await release(harness, 10);
      await harness.settle(
        async () => (await harness.engine.queue("letters")).counts.completed === 10,
        "those put back have run",
      );
      await release(harness);
      for (const id of ids) expect((await reach(harness, "letters", id, "completed")).attemptsMade).toBe(1);
      expect((await harness.engine.queue("letters")).counts).toMatchObject({ waiting: 0, completed: 30 });
    });

    holding("a paused queue stays paused, and they wait in it", async (harness) => {
      const ids = await addMany(harness, "letters", 2);
      await harness.engine.pauseQueue("letters");
      await holdAll(harness);
      await harness.process("letters");
      await release(harness);
      await harness.pass(300);
      expect(await harness.engine.queue("letters")).toMatchObject({ paused: true, counts: { waiting: 2 } });
      await harness.engine.resumeQueue("letters");
      for (const id of ids) await reach(harness, "letters", id, "completed");
    });

    holding(
      "a job that came due while it was held runs, one that is not due waits for it",
      async (harness) => {
        const due = await harness.add("letters", { task: "ok", delayMs: 50 });
        const later = await harness.add("letters", { task: "ok", delayMs: HOUR });
        await holdAll(harness);
        await harness.process("letters");
        await harness.pass(200);
        await release(harness);
        await reach(harness, "letters", due, "completed");
        expect((await mustFind(harness, "letters", later)).state).toBe("delayed");
      },
    );

    holding("a hold that is gone has none and none left", async (harness) => {
      await harness.createQueue("letters");
      expect(await release(harness)).toEqual({ moved: 0, left: 0 });
      expect(await purge(harness)).toEqual({ moved: 0, left: 0 });
      await addMany(harness, "letters", 2);
      await holdAll(harness);
      await release(harness);
      expect(await release(harness)).toEqual({ moved: 0, left: 0 });
      expect(await purge(harness)).toEqual({ moved: 0, left: 0 });
      expect((await harness.engine.queue("letters")).counts.waiting).toBe(2);
    });

    holding("leaves other holds alone", async (harness) => {
      const { engine } = harness;
      const [kept] = await addMany(harness, "letters", 1);
      await engine.holdWaiting("letters", holdOf(harness, "other"), WAITING_ALONE);
      await addMany(harness, "parcels", 1);
      await engine.holdWaiting("parcels", holdOf(harness), WAITING_ALONE);
      const [back] = await addMany(harness, "letters", 1);
      await holdAll(harness);
      expect(await release(harness)).toEqual({ moved: 1, left: 0 });
      expect(await idsIn(harness, "letters", "waiting")).toEqual([back]);
      const holds = await engine.holds();
      expect(holds.map(({ queue, id, count }) => `${queue}/${id} ${count}`).toSorted()).toEqual([
        "letters/other 1",
        "parcels/hold-1 1",
      ]);
      await engine.releaseHeld("letters", "other", 10);
      expect(await idsIn(harness, "letters", "waiting")).toContain(kept);
    });
  });

  describe("flows through a hold", () => {
    holding("a parent waits for a held child until it is back and done", async (harness) => {
      const children = [{ queue: "letters", task: "ok", id: "child" }];
      const parent = await harness.add("parcels", { task: "ok", children });
      await holdAll(harness);
      await harness.process("letters");
      await harness.process("parcels");
      await harness.pass(200);
      expect((await mustFind(harness, "parcels", parent)).state).toBe("blocked");
      await release(harness);
      await reach(harness, "letters", "child", "completed");
      await reach(harness, "parcels", parent, "completed");
    });

    holding("a blocked job that is held runs when it is back and its children are done", async (harness) => {
      const children = [{ queue: "parcels", task: "ok", id: "child" }];
      const parent = await harness.add("letters", { task: "ok", children });
      const [result] = await setAside(harness, [parent]);
      await harness.process("parcels");
      await harness.process("letters");
      await reach(harness, "parcels", "child", "completed");
      await harness.pass(200);
      if (result?.outcome === "done") {
        expect(await harness.engine.job("letters", parent)).toBeNull();
        expect((await harness.engine.queue("letters")).counts).toMatchObject({ waiting: 0, completed: 0 });
        expect(await release(harness)).toEqual({ moved: 1, left: 0 });
      } else expect(result?.outcome).toBe("refused");
      await reach(harness, "letters", parent, "completed");
    });
  });

  describe("purging held jobs", () => {
    holding("deletes them for good, in steps, and their ids are free again", async (harness) => {
      const failed = await failMany(harness, "letters", 2);
      const waiting = await addMany(harness, "letters", 2);
      waiting.push(await harness.add("letters", { task: "ok", id: "same-id" }));
      await setAside(harness, [...failed, ...waiting]);
      expect(await purge(harness, 4)).toEqual({ moved: 4, left: 1 });
      expect(await harness.engine.holds()).toMatchObject([{ count: 1 }]);
      expect(await purge(harness, 4)).toEqual({ moved: 1, left: 0 });
      expect(await harness.engine.holds()).toEqual([]);
      expect(await release(harness)).toEqual({ moved: 0, left: 0 });
      for (const id of [...failed, ...waiting]) expect(await harness.engine.job("letters", id)).toBeNull();
      await harness.add("letters", { task: "ok", id: "same-id" });
      expect(await idsIn(harness, "letters", "waiting")).toEqual(["same-id"]);
    });

    holding("releases the parent of a purged child as removing the child does", async (harness) => {
      const both = { task: "ok", children: [{ queue: "letters", task: "ok" }] };
      const parents = [await harness.add("parcels", both), await harness.add("parcels", both)];
      const [removed, held] = await idsIn(harness, "letters", "waiting");
      if (!removed || !held) throw new Error("no children");
      await harness.engine.removeJob("letters", removed);
      await setAside(harness, [held]);
      await purge(harness);
      const rows = await harness.engine.jobsById("parcels", parents);
      expect(new Set(rows.map(({ state }) => state)).size).toBe(1);
    });

    holding("leaves the children of a purged parent", async (harness) => {
      const children = [{ queue: "parcels", task: "ok", id: "child" }];
      const parent = await harness.add("letters", { task: "ok", children });
      const [result] = await setAside(harness, [parent]);
      if (result?.outcome === "refused") return;
      await purge(harness);
      expect((await mustFind(harness, "parcels", "child")).state).toBe("waiting");
    });

    holding("what was put back stays, what was purged is gone, and nothing else", async (harness) => {
      const ids = await addMany(harness, "letters", 9);
      await holdAll(harness);
      expect((await release(harness, 4)).moved + (await purge(harness)).moved).toBe(9);
      const rows = await harness.engine.jobsById("letters", ids);
      expect(rows).toHaveLength(4);
      expect((await idsIn(harness, "letters", "waiting")).toSorted()).toEqual(idsOf(rows).toSorted());
    });
  });
}
