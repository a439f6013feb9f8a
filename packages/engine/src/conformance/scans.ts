import { describe, expect } from "vitest";
import { addMany, type Behaviour, gather, idsOf, ran, refusal } from "./behaviour.ts";
import type { Harness } from "./harness.ts";

const ALL_FIELDS = ["task", "payload", "error", "times", "worker"] as const;

const scanned = async (harness: Harness, options: Parameters<Harness["engine"]["scan"]>[1]) => {
  const batches = await gather(harness.engine.scan("letters", options));
  return { batches, rows: batches.flatMap(({ rows }) => rows), last: batches.at(-1) };
};

export function describeScans(behaviour: Behaviour): void {
  describe("scanning", () => {
    behaviour("ends at once on an empty queue, having seen all", async (harness) => {
      await harness.createQueue("letters");
      const { rows, last } = await scanned(harness, { states: ["waiting", "failed"], fields: [] });
      expect(rows).toEqual([]);
      expect(last).toMatchObject({ cursor: null, scanned: 0, totalToScan: 0 });
    });

    behaviour("sees every job once and says how many there were", async (harness) => {
      const ids = await addMany(harness, "letters", 25);
      const { rows, last } = await scanned(harness, { states: ["waiting"], fields: [] });
      expect(idsOf(rows).sort()).toEqual([...ids].sort());
      expect(last).toMatchObject({ cursor: null, scanned: 25, totalToScan: 25 });
    });

    behaviour("goes newest first by default, oldest first if asked", async (harness) => {
      const ids = await addMany(harness, "letters", 5);
      const newest = await scanned(harness, { states: ["waiting"], fields: [] });
      expect(idsOf(newest.rows)).toEqual(ids.toReversed());
      const oldest = await scanned(harness, { states: ["waiting"], fields: [], order: "oldest" });
      expect(idsOf(oldest.rows)).toEqual(ids);
    });

    behaviour("goes through the states in the order given", async (harness) => {
      const failed = await ran(harness, "letters", { task: "fail" }, "failed");
      const delayed = await harness.add("letters", { task: "ok", delayMs: 3_600_000 });
      const waiting = await harness.add("letters", { task: "ok" });
      const { rows } = await scanned(harness, { states: ["delayed", "failed", "waiting"], fields: [] });
      expect(rows.map(({ id, state }) => [id, state])).toEqual([
        [delayed, "delayed"],
        [failed.id, "failed"],
        [waiting, "waiting"],
      ]);
    });

    behaviour("leaves out jobs of other states", async (harness) => {
      await harness.add("letters", { task: "ok", delayMs: 3_600_000 });
      expect((await scanned(harness, { states: ["waiting"], fields: [] })).rows).toEqual([]);
    });

    behaviour("brings the fields that were asked for", async (harness) => {
      const payload = { tenant: "tenant-3" };
      await ran(harness, "letters", { task: "fail", payload }, "failed");
      const [row] = (await scanned(harness, { states: ["failed"], fields: ALL_FIELDS })).rows;
      expect(row).toMatchObject({ task: "fail", payload: JSON.stringify(payload), payloadTruncated: false });
      expect(row?.error?.message).toBe("boom in attempt 1");
      expect(row?.finishedAt).toEqual(expect.any(Number));
    });

    behaviour("brings no payload and no error that nobody asked for", async (harness) => {
      await ran(harness, "letters", { task: "fail", payload: { a: 1 } }, "failed");
      const [row] = (await scanned(harness, { states: ["failed"], fields: ["task"] })).rows;
      expect(row).toMatchObject({ task: "fail", payload: null, error: null });
    });

    behaviour("cuts a huge payload and says so", async (harness) => {
      await harness.add("letters", { task: "ok", payload: { text: "x".repeat(100_000) } });
      const [row] = (await scanned(harness, { states: ["waiting"], fields: ["payload"] })).rows;
      expect(row?.payloadTruncated).toBe(true);
      expect((row?.payload ?? "").length).toBeLessThanOrEqual(65_536);
    });

    behaviour("an id hint loses no job that matches", async (harness) => {
      await harness.add("letters", { task: "ok", id: "Order-17" });
      await harness.add("letters", { task: "ok", id: "order-171" });
      await harness.add("letters", { task: "ok", id: "parcel-3" });
      const { rows, last } = await scanned(harness, {
        states: ["waiting"],
        fields: [],
        idContains: "ORDER-17",
      });
      expect(idsOf(rows)).toEqual(expect.arrayContaining(["Order-17", "order-171"]));
      expect(last).toMatchObject({ scanned: 3, totalToScan: 3 });
    });

    behaviour(
      "a payload hint loses no job that matches, and tells how many were looked at",
      async (harness) => {
        const texts = [
          "Łódź 17",
          "in \u212aelvin",
          "MIKE",
          "mike",
          "other",
          "x".repeat(70_000),
          '"mike"',
          "17 of 9000001",
        ];
        for (const [n, text] of texts.entries())
          await harness.add("letters", { task: "ok", id: `n${n}`, payload: { text } });
        const holding = async (part: string) => {
          const options = {
            states: ["waiting"],
            order: "oldest",
            fields: ["payload"],
            payloadContains: part,
          } as const;
          const { rows, last } = await scanned(harness, options);
          expect([part, last?.scanned, last?.totalToScan]).toEqual([part, texts.length, texts.length]);
          return rows
            .filter(({ payload }) => payload?.toLowerCase().includes(part.toLowerCase()))
            .map(({ id }) => id);
        };
        expect(await holding("łódź")).toEqual(["n0"]);
        expect(await holding("KELVIN")).toEqual(["n1"]);
        expect(await holding("mike")).toEqual(["n2", "n3", "n6"]);
        expect(await holding("9000001")).toEqual(["n7"]);
        expect(await holding("xxx")).toEqual(["n5"]);
        expect(await holding("none of them")).toEqual([]);
      },
    );

    behaviour("a time hint loses no job within it", async (harness) => {
      const job = await ran(harness, "letters", { task: "fail" }, "failed");
      const finishedAt = job.finishedAt ?? 0;
      const around = { from: finishedAt - 1, to: finishedAt + 1 };
      const { rows } = await scanned(harness, { states: ["failed"], fields: ["times"], ...around });
      expect(idsOf(rows)).toEqual([job.id]);
    });

    behaviour("tells when a job ended without its other times", async (harness) => {
      const { finishedAt } = await ran(harness, "letters", { task: "fail" }, "failed");
      const waiting = await harness.add("letters", { task: "ok", delayMs: 3_600_000 });
      const { rows } = await scanned(harness, { states: ["failed", "delayed"], fields: ["finished"] });
      expect(rows.map((row) => [row.id, row.createdAt, row.finishedAt])).toEqual([
        [expect.any(String), null, finishedAt],
        [waiting, null, null],
      ]);
    });

    behaviour("goes on from a cursor without repeating or skipping", async (harness) => {
      const ids = await addMany(harness, "letters", 1200);
      const seen: string[] = [];
      let cursor: string | undefined;
      for (let turn = 0; turn < 100; turn += 1) {
        const options = { states: ["waiting"], fields: [], ...(cursor !== undefined && { cursor }) } as const;
        const step = await harness.engine.scan("letters", options)[Symbol.asyncIterator]().next();
        if (step.done) break;
        seen.push(...idsOf(step.value.rows));
        if (step.value.cursor === null) break;
        cursor = step.value.cursor;
      }
      expect(seen).toHaveLength(1200);
      expect(new Set(seen)).toEqual(new Set(ids));
    });

    behaviour("a job that stays put is seen once though others come and go", async (harness) => {
      const ids = await addMany(harness, "letters", 1100, { delayMs: 3_600_000 });
      const seen: string[] = [];
      const gone = new Set<string>();
      for await (const batch of harness.engine.scan("letters", { states: ["delayed"], fields: [] })) {
        seen.push(...idsOf(batch.rows));
        const doomed = idsOf(batch.rows).slice(0, 3);
        for (const id of doomed) {
          await harness.engine.removeJob("letters", id);
          gone.add(id);
        }
        await harness.add("letters", { task: "ok", delayMs: 3_600_000 });
      }
      for (const id of ids) if (!gone.has(id)) expect(seen.filter((each) => each === id)).toHaveLength(1);
    });

    behaviour("counts what is left when it goes on from a cursor", async (harness) => {
      await addMany(harness, "letters", 1100);
      const first = await harness.engine
        .scan("letters", { states: ["waiting"], fields: [] })
        [Symbol.asyncIterator]()
        .next();
      if (first.done) throw new Error("the scan brought nothing");
      const { scanned: already, cursor } = first.value;
      if (cursor === null) return;
      const { last } = await scanned(harness, { states: ["waiting"], fields: [], cursor });
      expect(last).toMatchObject({ cursor: null, scanned: 1100 - already });
    });

    behaviour("stops when its signal is aborted", async (harness) => {
      await addMany(harness, "letters", 3);
      const signal = AbortSignal.abort(new Error("enough"));
      await expect(scanned(harness, { states: ["waiting"], fields: [], signal })).rejects.toThrow("enough");
    });

    behaviour("refuses a cursor that is not its own", async (harness) => {
      await addMany(harness, "letters", 1);
      await refusal(scanned(harness, { states: ["waiting"], fields: [], cursor: "made up" }), "refused");
    });
  });
}
