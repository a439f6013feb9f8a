import type { Schedule } from "@spillway/contract/schemas";
import { PAYLOAD_HEAD_BYTES, type ScheduleRecord } from "@spillway/engine";
import type { Command } from "../commands/index.ts";
import type { Handlers } from "../http/handlers.ts";
import { iso, isoOrNull } from "../metrics/wire-time.ts";
import type { Redactor } from "../redaction/index.ts";
import type { Room } from "./room.ts";

type Names = "listSchedules" | "pauseSchedule" | "resumeSchedule" | "runSchedule" | "removeSchedule";

export function scheduleRoutes(room: Room): Pick<Handlers, Names> {
  const { engine, clock, redactor } = room;
  const write = <R extends object>(
    { queue, schedule_id: id }: { queue: string; schedule_id: string },
    act: (queue: string, id: string) => Promise<R>,
    done: (schedule: ScheduleRecord | undefined) => R | null,
  ): Command<R> => ({
    queue,
    jobId: null,
    details: { schedule_id: id },
    async act(notes) {
      const before = await find(room, queue, id);
      if (before) notes.task = before.task;
      return { affected: 1, reply: await act(queue, id) };
    },
    async readBack() {
      const reply = done(await find(room, queue, id));
      return reply && { affected: null, reply };
    },
  });
  const flip = (params: { queue: string; schedule_id: string }, paused: boolean) =>
    write(
      params,
      async (queue, id) => {
        await (paused ? engine.pauseSchedule(queue, id) : engine.resumeSchedule(queue, id));
        return {};
      },
      (schedule) => (schedule?.paused === paused ? {} : null),
    );

  return {
    async listSchedules({ params, query: { page, size } }) {
      const askedAt = clock.now();
      const all = await engine.schedules(params.queue);
      const items = all
        .slice((page - 1) * size, page * size)
        .map((schedule) => toSchedule(schedule, redactor));
      return { kind: "page", items, page, size, total: all.length, as_of: iso(askedAt) };
    },
    pauseSchedule: ({ params }) => flip(params, true),
    resumeSchedule: ({ params }) => flip(params, false),
    runSchedule: ({ params }) =>
      write(
        params,
        async (queue, id) => ({ job_id: await engine.runSchedule(queue, id) }),
        // Which of the waiting jobs would be ours can't be told.
        (): { job_id: string } | null => null,
      ),
    removeSchedule: ({ params }) =>
      write(
        params,
        async (queue, id) => {
          await engine.removeSchedule(queue, id);
          return {};
        },
        (schedule) => (schedule === undefined ? {} : null),
      ),
  };
}

async function find({ engine }: Room, queue: string, id: string): Promise<ScheduleRecord | undefined> {
  return (await engine.schedules(queue)).find((schedule) => schedule.id === id);
}

function toSchedule(schedule: ScheduleRecord, redactor: Redactor): Schedule {
  return {
    id: schedule.id,
    task: schedule.task,
    pattern: schedule.pattern,
    every_ms: schedule.everyMs,
    timezone: schedule.timezone,
    next_run_at: isoOrNull(schedule.nextRunAt),
    next_runs: schedule.nextRuns.map(iso),
    last_run_at: isoOrNull(schedule.lastRunAt),
    runs: schedule.runs,
    limit: schedule.limit,
    paused: schedule.paused,
    payload_preview: preview(schedule.payloadHead, redactor),
  };
}

/** A head that is as long as heads get may end in the middle of a secret; the last character may be cut too. */
function preview(head: string | null, redactor: Redactor): string | null {
  if (head === null) return null;
  const isCut = new TextEncoder().encode(head).length > PAYLOAD_HEAD_BYTES - 4;
  return redactor.text(head, isCut);
}
