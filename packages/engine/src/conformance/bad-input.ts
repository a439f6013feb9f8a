import { describe, expect } from "vitest";
import { HUGE_PAYLOAD_BYTES, PAYLOAD_HEAD_BYTES } from "../records.ts";
import { type Behaviour, idsOf, mustFind, ran, refusal } from "./behaviour.ts";

const ODD_IDS = [
  "with/slashes/../and/./dots",
  "with spaces  and\ttabs",
  "100%25 &?#=+",
  "ünïcødé-日本語-🦦",
  "<script>alert(1)</script>",
  "__proto__",
  `long-${"x".repeat(495)}`,
];

const ODD_QUEUES = ["a/b", "two words", "50%", "очередь", "q?x=1#y"];

export function describeBadInput(behaviour: Behaviour): void {
  describe("unknown things", () => {
    behaviour("an unknown queue is an error that says so", async ({ engine }) => {
      await refusal(engine.queue("nowhere"), "queue_not_found");
      await refusal(engine.listJobs("nowhere", "waiting", { offset: 0, limit: 1 }), "queue_not_found");
      await refusal(engine.pauseQueue("nowhere"), "queue_not_found");
      await refusal(engine.resumeQueue("nowhere"), "queue_not_found");
    });

    behaviour("asking for an unknown queue does not create it", async ({ engine }) => {
      await engine.queue("nowhere").catch(() => undefined);
      await engine.pauseQueue("nowhere").catch(() => undefined);
      expect((await engine.snapshot()).queues).toEqual([]);
    });

    behaviour("an unknown job is null to a reader and an error to a writer", async (harness) => {
      await harness.createQueue("letters");
      const { engine } = harness;
      expect(await engine.job("letters", "none")).toBeNull();
      await refusal(engine.jobLogs("letters", "none", { offset: 0, limit: 1 }), "job_not_found");
      await refusal(engine.retryJob("letters", "none"), "job_not_found");
      await refusal(engine.cancelJob("letters", "none"), "job_not_found");
      await refusal(engine.removeJob("letters", "none"), "job_not_found");
      await refusal(engine.promoteJob("letters", "none"), "job_not_found");
    });

    behaviour("a job that was removed can't be removed again", async (harness) => {
      const id = await harness.add("letters", { task: "ok" });
      await harness.engine.removeJob("letters", id);
      await refusal(harness.engine.removeJob("letters", id), "job_not_found");
    });

    behaviour("a job is not found in another queue", async (harness) => {
      const id = await harness.add("letters", { task: "ok", id: "only-here" });
      await harness.createQueue("parcels");
      expect(await harness.engine.job("parcels", id)).toBeNull();
      await refusal(harness.engine.removeJob("parcels", id), "job_not_found");
      expect(await harness.engine.job("letters", id)).not.toBeNull();
    });
  });

  describe("odd names", () => {
    for (const id of ODD_IDS) {
      behaviour(
        `reads, lists and removes a job called ${JSON.stringify(id.slice(0, 30))}`,
        async (harness) => {
          expect(await harness.add("letters", { task: "ok", id })).toBe(id);
          expect((await mustFind(harness, "letters", id)).id).toBe(id);
          const { rows } = await harness.engine.listJobs("letters", "waiting", { offset: 0, limit: 5 });
          expect(idsOf(rows)).toEqual([id]);
          expect(idsOf((await harness.engine.findJob(id)).rows)).toEqual([id]);
          await harness.engine.removeJob("letters", id);
          expect(await harness.engine.job("letters", id)).toBeNull();
        },
      );
    }

    behaviour("a queue may have an odd name", async (harness) => {
      for (const queue of ODD_QUEUES) {
        const id = await harness.add(queue, { task: "ok" });
        expect(await mustFind(harness, queue, id)).toMatchObject({ queue, id });
        await harness.engine.pauseQueue(queue);
        expect((await harness.engine.queue(queue)).paused).toBe(true);
      }
      const { queues } = await harness.engine.snapshot();
      expect(queues.map(({ name }) => name).sort()).toEqual([...ODD_QUEUES].sort());
    });

    behaviour("a task may have an odd name", async (harness) => {
      const task = "send / 日本 <b>&%";
      const id = await harness.add("letters", { task });
      expect((await mustFind(harness, "letters", id)).task).toBe(task);
    });
  });

  describe("odd payloads", () => {
    behaviour("a payload that is not JSON is shown as it is, and flagged", async (harness) => {
      const id = await harness.add("letters", { task: "ok", rawPayload: "<xml>not json</xml>" });
      const job = await mustFind(harness, "letters", id);
      expect(job).toMatchObject({ payload: "<xml>not json</xml>", payloadHead: "<xml>not json</xml>" });
      expect(job.flags).toEqual(["not_json"]);
    });

    behaviour("keeps the digits of big numbers and the order of keys", async (harness) => {
      const rawPayload = '{"z":12345678901234567890,"a":1.10}';
      const id = await harness.add("letters", { task: "ok", rawPayload });
      expect(await mustFind(harness, "letters", id)).toMatchObject({ payload: rawPayload, flags: [] });
    });

    behaviour("a payload with __proto__ is text like any other", async (harness) => {
      const rawPayload = '{"__proto__":{"admin":true},"constructor":1}';
      const id = await harness.add("letters", { task: "ok", rawPayload });
      expect((await mustFind(harness, "letters", id)).payload).toBe(rawPayload);
      expect(Object.hasOwn(Object.prototype, "admin")).toBe(false);
    });

    behaviour("a list carries only the head of a long payload", async (harness) => {
      const payload = { text: "é".repeat(5000) };
      const id = await harness.add("letters", { task: "ok", payload });
      const [row] = (await harness.engine.listJobs("letters", "waiting", { offset: 0, limit: 1 })).rows;
      const head = row?.payloadHead ?? "";
      expect(new TextEncoder().encode(head).length).toBeLessThanOrEqual(PAYLOAD_HEAD_BYTES);
      expect(head.length).toBeGreaterThan(900);
      expect(JSON.stringify(payload).startsWith(head.slice(0, 900))).toBe(true);
      expect(row?.payloadBytes).toBe(new TextEncoder().encode(JSON.stringify(payload)).length);
      expect((await mustFind(harness, "letters", id)).payload).toBe(JSON.stringify(payload));
    });

    behaviour("a list carries nothing of a huge payload, and flags it", async (harness) => {
      const payload = { text: "x".repeat(HUGE_PAYLOAD_BYTES) };
      const id = await harness.add("letters", { task: "ok", payload });
      const [row] = (await harness.engine.listJobs("letters", "waiting", { offset: 0, limit: 1 })).rows;
      expect(row).toMatchObject({ payloadHead: null, flags: ["huge"] });
      expect(row?.payloadBytes).toBeGreaterThan(HUGE_PAYLOAD_BYTES);
      expect((await mustFind(harness, "letters", id)).payload).toBe(JSON.stringify(payload));
    });

    behaviour("reads at most a megabyte of a payload of ten, and says so", async (harness) => {
      const id = await harness.add("letters", { task: "ok", payload: { text: "x".repeat(10_000_000) } });
      const job = await mustFind(harness, "letters", id);
      expect(job.payloadTruncated).toBe(true);
      expect(job.payload?.length).toBeGreaterThan(100_000);
      expect(job.payload?.length).toBeLessThanOrEqual(1_048_576);
      expect(job.payloadBytes).toBeGreaterThan(10_000_000);
    });

    behaviour("a job without anything in it is read", async (harness) => {
      const { payload } = await ran(harness, "letters", { task: "ok", rawPayload: "null" }, "completed");
      expect(payload).toBe("null");
    });
  });
}
