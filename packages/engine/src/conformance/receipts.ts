import { describe, expect } from "vitest";
import { type Behaviour, failMany, freshReceipt, mustFind, reach, refusal } from "./behaviour.ts";
import type { Harness } from "./harness.ts";

/** Runs the queue's jobs with a worker of its own until this one failed. */
async function failAgain(harness: Harness, id: string): Promise<void> {
  const worker = await harness.process("letters");
  await reach(harness, "letters", id, "failed");
  await worker.stop();
}

export function describeReceipts(behaviour: Behaviour): void {
  describe("asking again with the same receipt", () => {
    behaviour("tells what was done, and does not retry what has failed again", async (harness) => {
      const [id] = await failMany(harness, "letters", 1);
      if (id === undefined) throw new Error("no id");
      const ask = (receipt: string) =>
        harness.engine.actOnJobs("letters", "retry", [{ id }, { id: "never-there" }], { receipt });
      const receipt = freshReceipt();
      const first = await ask(receipt);
      expect(first.map(({ outcome }) => outcome)).toEqual(["done", "gone"]);
      await failAgain(harness, id);
      const before = await mustFind(harness, "letters", id);
      expect(await ask(receipt)).toEqual(first);
      await harness.pass(100);
      expect(await mustFind(harness, "letters", id)).toEqual(before);
      expect((await ask(freshReceipt())).map(({ outcome }) => outcome)).toEqual(["done", "gone"]);
    });

    behaviour("does not remove a job that was added again under its id", async (harness) => {
      const id = await harness.add("letters", { task: "ok", id: "same-id" });
      const receipt = freshReceipt();
      const ask = () => harness.engine.actOnJobs("letters", "remove", [{ id }], { receipt });
      const first = await ask();
      await harness.add("letters", { task: "ok", id });
      expect(await ask()).toEqual(first);
      expect((await mustFind(harness, "letters", id)).state).toBe("waiting");
    });

    for (const [action, ended] of [
      ["cancel", "failed"],
      ["promote", "waiting"],
    ] as const)
      behaviour(`tells of a ${action} what it told before`, async (harness) => {
        const id = await harness.add("letters", { task: "ok", delayMs: 3_600_000 });
        const receipt = freshReceipt();
        const ask = () => harness.engine.actOnJobs("letters", action, [{ id }], { receipt });
        const first = await ask();
        expect(first).toMatchObject([{ outcome: "done", state: ended }]);
        const before = await mustFind(harness, "letters", id);
        expect(await ask()).toEqual(first);
        expect(await mustFind(harness, "letters", id)).toEqual(before);
      });

    behaviour("has one effect when both ask at once", async (harness) => {
      const ids = await failMany(harness, "letters", 10);
      const targets = ids.map((id) => ({ id }));
      const receipt = freshReceipt();
      const ask = () => harness.engine.actOnJobs("letters", "retry", targets, { receipt });
      const [one, other] = await Promise.all([ask(), ask()]);
      expect(one.map(({ outcome }) => outcome)).toEqual(ids.map(() => "done"));
      expect(other).toEqual(one);
    });

    behaviour("is possible though others asked for other things meanwhile", async (harness) => {
      const [id] = await failMany(harness, "letters", 1);
      if (id === undefined) throw new Error("no id");
      const receipt = freshReceipt();
      const ask = () => harness.engine.actOnJobs("letters", "retry", [{ id }], { receipt });
      const first = await ask();
      await failAgain(harness, id);
      for (let other = 0; other < 50; other += 1)
        await harness.engine.actOnJobs("letters", "promote", [{ id: `${other}` }], {
          receipt: freshReceipt(),
        });
      expect(await ask()).toEqual(first);
      expect((await mustFind(harness, "letters", id)).state).toBe("failed");
    });

    behaviour("needs a receipt that can be kept", async (harness) => {
      await harness.createQueue("letters");
      for (const receipt of ["", "two words", "a".repeat(101), "naïve"])
        await refusal(harness.engine.actOnJobs("letters", "retry", [{ id: "1" }], { receipt }), "refused");
      const receipt = `op-1:${"Z_9".repeat(31)}`;
      expect(await harness.engine.actOnJobs("letters", "retry", [], { receipt })).toEqual([]);
    });
  });
}
