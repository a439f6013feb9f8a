import { describe, expect } from "vitest";
import { MOST_TARGETS, type TargetResult } from "../many-records.ts";
import {
  addMany,
  type Behaviour,
  failMany,
  freshReceipt,
  idsIn,
  mustFind,
  ran,
  reach,
  refusal,
} from "./behaviour.ts";
import type { Harness } from "./harness.ts";

const HOUR = 3_600_000;

/** Acts on jobs of `letters`, each named by its id alone, under a receipt of its own. */
const act = (
  harness: Harness,
  action: Parameters<Harness["engine"]["actOnJobs"]>[1],
  ids: readonly string[],
): Promise<TargetResult[]> =>
  harness.engine.actOnJobs(
    "letters",
    action,
    ids.map((id) => ({ id })),
    { receipt: freshReceipt() },
  );

export const told = (results: readonly TargetResult[]): [string, string, string | null][] =>
  results.map(({ id, outcome, state }) => [id, outcome, state]);

export function describeManyJobs(behaviour: Behaviour): void {
  describe("acting on many jobs", () => {
    behaviour("retries each and answers in the order of the targets", async (harness) => {
      const ids = (await failMany(harness, "letters", 5, { priority: 3 })).toReversed();
      const results = await act(harness, "retry", ids);
      expect(told(results)).toEqual(ids.map((id) => [id, "done", "waiting"]));
      for (const { id, version, message } of results) {
        const job = await mustFind(harness, "letters", id);
        expect(job).toMatchObject({ version, state: "waiting", priority: 3, finishedAt: null });
        expect(message).toBeNull();
        expect(job.attempts.some(({ error }) => error?.message.includes("boom"))).toBe(true);
      }
    });

    behaviour("a retry gives one more run, or all attempts back if asked", async (harness) => {
      const [once, anew] = await failMany(harness, "letters", 2, { attempts: 2, backoffMs: 10 });
      if (!once || !anew) throw new Error("no ids");
      await act(harness, "retry", [once]);
      const options = { resetAttempts: true, receipt: freshReceipt() };
      await harness.engine.actOnJobs("letters", "retry", [{ id: anew }], options);
      await harness.process("letters");
      expect((await reach(harness, "letters", once, "failed")).attemptsMade).toBe(3);
      expect((await reach(harness, "letters", anew, "failed")).attemptsMade).toBe(2);
    });

    behaviour("cancels waiting, delayed and blocked jobs for good", async (harness) => {
      const children = [{ queue: "parcels", task: "ok" }];
      const ids = [
        await harness.add("letters", { task: "ok", attempts: 3 }),
        await harness.add("letters", { task: "ok", priority: 2 }),
        await harness.add("letters", { task: "ok", delayMs: 100 }),
        await harness.add("letters", { task: "ok", children }),
      ];
      expect(told(await act(harness, "cancel", ids))).toEqual(ids.map((id) => [id, "done", "failed"]));
      await harness.process("letters");
      await harness.process("parcels");
      await harness.pass(400);
      for (const id of ids) {
        const job = await mustFind(harness, "letters", id);
        expect(job).toMatchObject({ state: "failed", error: { name: "Cancelled" }, startedAt: null });
      }
    });

    behaviour("stops active jobs among others, where it can", async (harness) => {
      const active = await harness.add("letters", { task: "slow", attempts: 3 });
      await harness.process("letters");
      await reach(harness, "letters", active, "active");
      const delayed = await harness.add("letters", { task: "ok", delayMs: HOUR });
      const cancelling = act(harness, "cancel", [active, delayed]);
      if (harness.engine.capabilities.job_cancel_active !== true) {
        const [first, second] = await cancelling;
        expect(first).toMatchObject({ outcome: "unsupported", state: "active" });
        expect(second).toMatchObject({ outcome: "done", state: "failed" });
        expect((await mustFind(harness, "letters", active)).state).toBe("active");
        return;
      }
      await reach(harness, "letters", active, "failed");
      expect(told(await cancelling)).toEqual([
        [active, "done", "failed"],
        [delayed, "done", "failed"],
      ]);
    });

    behaviour("removes what is not active", async (harness) => {
      const { engine } = harness;
      const failed = (await ran(harness, "letters", { task: "fail" }, "failed")).id;
      const completed = (await ran(harness, "letters", { task: "ok" }, "completed")).id;
      const active = await harness.add("letters", { task: "slow" });
      await harness.process("letters");
      await reach(harness, "letters", active, "active");
      const waiting = await harness.add("letters", { task: "ok" });
      const prioritized = await harness.add("letters", { task: "ok", priority: 7 });
      const delayed = await harness.add("letters", { task: "ok", delayMs: HOUR });
      const children = [{ queue: "letters", task: "ok", id: "child" }];
      const blocked = await harness.add("letters", { task: "ok", children });
      const doomed = [failed, completed, waiting, prioritized, delayed, blocked];
      const results = await act(harness, "remove", [...doomed, active]);
      expect(told(results.slice(0, -1))).toEqual(doomed.map((id) => [id, "done", null]));
      expect(results.at(-1)).toMatchObject({ id: active, outcome: "conflict", state: "active" });
      for (const id of doomed) expect(await engine.job("letters", id)).toBeNull();
      const { counts } = await engine.queue("letters");
      expect(counts).toEqual({ waiting: 1, active: 1, delayed: 0, blocked: 0, completed: 0, failed: 0 });
      expect((await mustFind(harness, "letters", "child")).state).toBe("waiting");
    });

    behaviour("makes delayed jobs waiting now", async (harness) => {
      const ids = await addMany(harness, "letters", 3, { delayMs: HOUR });
      expect(told(await act(harness, "promote", ids))).toEqual(ids.map((id) => [id, "done", "waiting"]));
      expect((await idsIn(harness, "letters", "waiting")).toSorted()).toEqual(ids.toSorted());
      await harness.process("letters");
      for (const id of ids) await reach(harness, "letters", id, "completed");
    });

    behaviour("a job that can't be acted on is a result, and stops no other", async (harness) => {
      const delayed = await harness.add("letters", { task: "ok", delayMs: HOUR });
      const before = await mustFind(harness, "letters", delayed);
      const failed = await ran(harness, "letters", { task: "fail" }, "failed");
      const results = await act(harness, "retry", ["never-there", delayed, failed.id]);
      expect(told(results)).toEqual([
        ["never-there", "gone", null],
        [delayed, "conflict", "delayed"],
        [failed.id, "done", "waiting"],
      ]);
      expect(results.map(({ version }) => version)).toEqual([
        null,
        before.version,
        (await mustFind(harness, "letters", failed.id)).version,
      ]);
      for (const { outcome, message } of results)
        expect(message).toEqual(outcome === "done" ? null : expect.stringMatching(/\w+ \w+/));
      expect(await mustFind(harness, "letters", delayed)).toEqual(before);
    });

    behaviour("says of the wrong state what each single action says", async (harness) => {
      const completed = (await ran(harness, "letters", { task: "ok" }, "completed")).id;
      for (const action of ["retry", "cancel", "promote"] as const)
        expect(told(await act(harness, action, [completed]))).toEqual([[completed, "conflict", "completed"]]);
    });

    behaviour("takes as many targets as it says, and no more", async (harness) => {
      const ids = await addMany(harness, "letters", MOST_TARGETS + 1, { delayMs: HOUR });
      await refusal(act(harness, "promote", ids), "refused");
      expect((await harness.engine.queue("letters")).counts).toMatchObject({
        waiting: 0,
        delayed: ids.length,
      });
      const results = await act(harness, "promote", ids.slice(1));
      expect(results.map(({ id, outcome }) => [id, outcome])).toEqual(ids.slice(1).map((id) => [id, "done"]));
      expect((await harness.engine.queue("letters")).counts).toMatchObject({
        waiting: MOST_TARGETS,
        delayed: 1,
      });
      expect(await act(harness, "promote", [])).toEqual([]);
    });

    behaviour("a job that is named twice is acted on once", async (harness) => {
      const [failed] = await failMany(harness, "letters", 1);
      const [delayed, doomed] = await addMany(harness, "letters", 2, { delayMs: HOUR });
      if (!failed || !delayed || !doomed) throw new Error("no ids");
      const cases = [
        ["retry", failed],
        ["promote", delayed],
        ["remove", doomed],
        ["cancel", delayed],
      ] as const;
      for (const [action, id] of cases) {
        const results = await act(harness, action, [id, id, id]);
        const done = results.map((result) => [result.id, result.outcome === "done"]);
        expect({ action, done }).toEqual({
          action,
          done: [
            [id, true],
            [id, false],
            [id, false],
          ],
        });
      }
      await harness.process("letters");
      expect((await reach(harness, "letters", failed, "failed")).attemptsMade).toBe(2);
    });

    behaviour("an active job that is named twice is asked to stop once", async (harness) => {
      if (harness.engine.capabilities.job_cancel_active !== true) return;
      const id = await harness.add("letters", { task: "slow" });
      await harness.process("letters");
      await reach(harness, "letters", id, "active");
      const cancelling = act(harness, "cancel", [id, id]);
      const job = await reach(harness, "letters", id, "failed");
      expect((await cancelling).map(({ outcome }) => outcome === "done")).toEqual([true, false]);
      expect(job.events.filter(({ event }) => event === "cancel_requested").length).toBeLessThanOrEqual(1);
    });

    behaviour("loses no job and retries none twice while workers fail them at once", async (harness) => {
      const ids = await failMany(harness, "letters", 450);
      await harness.process("letters", { concurrency: 5 });
      for (let start = 0; start < ids.length; start += MOST_TARGETS)
        await act(harness, "retry", ids.slice(start, start + MOST_TARGETS));
      await harness.settle(
        async () => (await harness.engine.queue("letters")).counts.failed === ids.length,
        "all have failed again",
      );
      const rows = await harness.engine.jobsById("letters", ids);
      expect(rows.map(({ id, attemptsMade }) => [id, attemptsMade])).toEqual(ids.map((id) => [id, 2]));
    });

    behaviour("holds jobs only to remove them", async (harness) => {
      const [id] = await failMany(harness, "letters", 1);
      if (id === undefined) throw new Error("no id");
      const hold = { id: "hold-1", until: harness.now() + HOUR };
      const attempt = harness.engine.actOnJobs("letters", "retry", [{ id }], {
        receipt: freshReceipt(),
        hold,
      });
      await refusal(attempt, "refused");
      expect((await mustFind(harness, "letters", id)).state).toBe("failed");
    });

    behaviour("knows no unknown queue", async ({ engine }) => {
      const receipt = freshReceipt();
      await refusal(engine.actOnJobs("nowhere", "retry", [{ id: "1" }], { receipt }), "queue_not_found");
      expect((await engine.snapshot()).queues).toEqual([]);
    });
  });
}
