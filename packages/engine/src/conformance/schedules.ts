import { describe, expect } from "vitest";
import type { ScheduleRecord } from "../records.ts";
import { type Behaviour, mustFind, refusal } from "./behaviour.ts";
import type { Harness } from "./harness.ts";

const HOUR = 3_600_000;

const onlySchedule = async (harness: Harness): Promise<ScheduleRecord> => {
  const [schedule, ...others] = await harness.engine.schedules("letters");
  if (!schedule || others.length > 0)
    throw new Error(`${others.length + (schedule ? 1 : 0)} schedules, expected one`);
  return schedule;
};

/** Jobs of the schedule's task that a schedule has set going; its planned next one does not count. */
const runsSoFar = async (harness: Harness): Promise<number> =>
  (await harness.engine.queue("letters")).counts.completed;

export function describeSchedules(behaviour: Behaviour): void {
  describe("schedules", () => {
    behaviour("a queue without schedules has none", async (harness) => {
      await harness.createQueue("letters");
      expect(await harness.engine.schedules("letters")).toEqual([]);
    });

    behaviour("lists a periodic schedule with its next run", async (harness) => {
      await harness.addSchedule("letters", { id: "hourly", task: "ok", everyMs: HOUR, payload: { a: 1 } });
      const schedule = await onlySchedule(harness);
      expect(schedule).toMatchObject({
        id: "hourly",
        task: "ok",
        everyMs: HOUR,
        pattern: null,
        paused: false,
      });
      expect(schedule.payloadHead).toBe('{"a":1}');
      expect(schedule.nextRunAt).toBeLessThanOrEqual(harness.now() + HOUR + 1000);
      const next = schedule.nextRunAt ?? 0;
      expect(schedule.nextRuns).toEqual([next, next + HOUR, next + 2 * HOUR]);
    });

    behaviour("computes a cron pattern's next run in its timezone", async (harness) => {
      await harness.addSchedule("letters", {
        id: "nightly",
        task: "ok",
        pattern: "15 3 * * *",
        timezone: "Asia/Kolkata",
      });
      const { pattern, timezone, everyMs, nextRunAt, nextRuns } = await onlySchedule(harness);
      expect({ pattern, timezone, everyMs }).toEqual({
        pattern: "15 3 * * *",
        timezone: "Asia/Kolkata",
        everyMs: null,
      });
      expect(nextRunAt).toBeGreaterThan(harness.now());
      expect(new Date(nextRunAt ?? 0).toISOString()).toMatch(/T21:45:00/);
      const next = nextRunAt ?? 0;
      expect(nextRuns).toEqual([next, next + 24 * HOUR, next + 48 * HOUR]);
    });

    behaviour("adds a job at each run, and the job knows its schedule", async (harness) => {
      await harness.addSchedule("letters", {
        id: "often",
        task: "ok",
        everyMs: 200,
        payload: { from: "template" },
      });
      await harness.process("letters");
      await harness.settle(async () => (await runsSoFar(harness)) >= 2, "two planned runs completed");
      const { rows } = await harness.engine.listJobs("letters", "completed", { offset: 0, limit: 1 });
      const job = await mustFind(harness, "letters", rows[0]?.id ?? "");
      expect(job).toMatchObject({ task: "ok", payload: '{"from":"template"}', scheduleId: "often" });
    });

    behaviour("tells when a schedule ran last, and that it did not run yet", async (harness) => {
      for (const often of [{ everyMs: 200 }, { pattern: "* * * * * *" }]) {
        const queue = often.everyMs === undefined ? "parcels" : "letters";
        await harness.addSchedule(queue, { id: "often", task: "ok", ...often });
        const [fresh] = await harness.engine.schedules(queue);
        expect(fresh?.lastRunAt === null || fresh?.runs !== 0).toBe(true);
        const worker = await harness.process(queue);
        const last = async () => (await harness.engine.schedules(queue))[0]?.lastRunAt ?? null;
        await harness.settle(async () => (await last()) !== null, "it is known when it ran last");
        await worker.stop();
        expect(harness.now() - ((await last()) ?? 0)).toBeLessThan(30_000);
      }
    });

    behaviour("runs now once, and the next planned run stays", async (harness) => {
      await harness.addSchedule("letters", {
        id: "daily",
        task: "ok",
        pattern: "0 4 * * *",
        payload: { a: 1 },
      });
      const before = await onlySchedule(harness);
      if (harness.engine.capabilities.schedule_run !== true) {
        await refusal(harness.engine.runSchedule("letters", "daily"), "unsupported");
        return;
      }
      const id = await harness.engine.runSchedule("letters", "daily");
      expect(await mustFind(harness, "letters", id)).toMatchObject({
        task: "ok",
        state: "waiting",
        payload: '{"a":1}',
      });
      expect((await onlySchedule(harness)).nextRunAt).toBe(before.nextRunAt);
    });

    behaviour("running now twice adds two jobs", async (harness) => {
      if (harness.engine.capabilities.schedule_run !== true) return;
      await harness.addSchedule("letters", { id: "daily", task: "ok", pattern: "0 4 * * *" });
      const first = await harness.engine.runSchedule("letters", "daily");
      await harness.pass(20);
      const second = await harness.engine.runSchedule("letters", "daily");
      expect(second).not.toBe(first);
      expect((await harness.engine.queue("letters")).counts.waiting).toBe(2);
    });

    behaviour("a paused schedule adds nothing until it is resumed, or says it can't be", async (harness) => {
      await harness.addSchedule("letters", { id: "often", task: "ok", everyMs: 200 });
      if (harness.engine.capabilities.schedule_pause !== true) {
        const { capability } = await refusal(harness.engine.pauseSchedule("letters", "often"), "unsupported");
        expect(capability).toBe("schedule_pause");
        return;
      }
      await harness.engine.pauseSchedule("letters", "often");
      expect(await onlySchedule(harness)).toMatchObject({ paused: true, nextRunAt: null, nextRuns: [] });
      await harness.process("letters");
      await harness.pass(1000);
      expect(await runsSoFar(harness)).toBe(0);
      await harness.engine.resumeSchedule("letters", "often");
      expect((await onlySchedule(harness)).paused).toBe(false);
      await harness.settle(async () => (await runsSoFar(harness)) >= 1, "the resumed schedule ran");
    });

    behaviour("a removed schedule is gone and runs no more", async (harness) => {
      await harness.addSchedule("letters", { id: "often", task: "ok", everyMs: 200 });
      await harness.engine.removeSchedule("letters", "often");
      expect(await harness.engine.schedules("letters")).toEqual([]);
      await harness.process("letters");
      await harness.pass(600);
      const soFar = await runsSoFar(harness);
      await harness.pass(600);
      expect(await runsSoFar(harness)).toBe(soFar);
    });

    behaviour("an unknown schedule is an error that says so", async (harness) => {
      await harness.createQueue("letters");
      const { engine } = harness;
      await refusal(engine.removeSchedule("letters", "none"), "schedule_not_found");
      if (engine.capabilities.schedule_run === true)
        await refusal(engine.runSchedule("letters", "none"), "schedule_not_found");
      if (engine.capabilities.schedule_pause === true) {
        await refusal(engine.pauseSchedule("letters", "none"), "schedule_not_found");
        await refusal(engine.resumeSchedule("letters", "none"), "schedule_not_found");
      }
    });
  });
}
