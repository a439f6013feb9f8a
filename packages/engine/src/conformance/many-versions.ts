import { describe, expect } from "vitest";
import {
  addMany,
  type Behaviour,
  failMany,
  freshReceipt,
  gather,
  idsOf,
  mustFind,
  ran,
  reach,
} from "./behaviour.ts";
import { told } from "./many-jobs.ts";

const HOUR = 3_600_000;

export function describeManyVersions(behaviour: Behaviour): void {
  describe("acting on many jobs at a version", () => {
    behaviour("goes through at the version that a list, a scan and the job tell", async (harness) => {
      const ids = await failMany(harness, "letters", 3);
      const { rows } = await harness.engine.listJobs("letters", "failed", { offset: 0, limit: 3 });
      const scan = harness.engine.scan("letters", { states: ["failed"], fields: ["version"] });
      const scanned = (await gather(scan)).flatMap((batch) => batch.rows);
      const versions = new Map(rows.map(({ id, version }) => [id, version]));
      expect(new Map(scanned.map(({ id, version }) => [id, version]))).toEqual(versions);
      expect((await mustFind(harness, "letters", ids[0] ?? "")).version).toBe(versions.get(ids[0] ?? ""));
      const targets = scanned.map(({ id, version }) => ({ id, ...(version && { expectVersion: version }) }));
      const options = { receipt: freshReceipt() };
      const results = await harness.engine.actOnJobs("letters", "retry", targets, options);
      expect(told(results)).toEqual(idsOf(scanned).map((id) => [id, "done", "waiting"]));
    });

    behaviour("a scan brings no version that nobody asked for", async (harness) => {
      await addMany(harness, "letters", 1);
      const scan = harness.engine.scan("letters", { states: ["waiting"], fields: ["task"] });
      expect((await gather(scan)).flatMap(({ rows }) => rows.map(({ version }) => version))).toEqual([null]);
    });

    for (const action of ["retry", "remove"] as const)
      behaviour(`does not ${action} a job that was retried and failed again meanwhile`, async (harness) => {
        const stale = await ran(harness, "letters", { task: "fail" }, "failed");
        const still = await ran(harness, "letters", { task: "fail" }, "failed");
        await harness.engine.retryJob("letters", stale.id);
        const worker = await harness.process("letters");
        const now = await reach(harness, "letters", stale.id, "failed");
        await worker.stop();
        const targets = [stale, still].map(({ id, version }) => ({ id, expectVersion: version }));
        const options = { receipt: freshReceipt() };
        const [first, second] = await harness.engine.actOnJobs("letters", action, targets, options);
        expect(first).toMatchObject({ outcome: "conflict", state: "failed", version: now.version });
        expect(second?.outcome).toBe("done");
        expect(await mustFind(harness, "letters", stale.id)).toEqual(now);
      });

    for (const action of ["cancel", "promote"] as const)
      behaviour(`does not ${action} a job at another version`, async (harness) => {
        const id = await harness.add("letters", { task: "ok", delayMs: HOUR });
        const before = await mustFind(harness, "letters", id);
        const targets = [{ id, expectVersion: "of another time" }];
        const options = { receipt: freshReceipt() };
        const [result] = await harness.engine.actOnJobs("letters", action, targets, options);
        expect(result).toMatchObject({ outcome: "conflict", state: "delayed", version: before.version });
        expect(await mustFind(harness, "letters", id)).toEqual(before);
      });

    behaviour("of two who act on the same jobs one takes effect on each", async (harness) => {
      const ids = await failMany(harness, "letters", 20);
      const rows = await harness.engine.jobsById("letters", ids);
      const targets = rows.map(({ id, version }) => ({ id, expectVersion: version }));
      const [one = [], other = []] = await Promise.all(
        [targets, targets.toReversed()].map((each) =>
          harness.engine.actOnJobs("letters", "retry", each, { receipt: freshReceipt() }),
        ),
      );
      const winners = [...one, ...other].filter(({ outcome }) => outcome === "done");
      expect(idsOf(winners).toSorted()).toEqual(ids.toSorted());
      const losers = [...one, ...other].filter(({ outcome }) => outcome === "conflict");
      expect(losers).toHaveLength(ids.length);
    });
  });
}
