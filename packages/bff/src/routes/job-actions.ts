import type { CancelEffect, JobEffect, JobRow, JobWriteOptions } from "@spillway/engine";
import { errorShape } from "@spillway/triage";
import type { Command, Notes } from "../commands/index.ts";
import type { Handlers } from "../http/handlers.ts";
import type { Room } from "./room.ts";

type Names = "retryJob" | "cancelJob" | "removeJob" | "promoteJob";

interface JobAsk {
  params: { queue: string; job_id: string };
  body: { expect?: { version: string } | undefined };
}

interface JobReply {
  job: { id: string; state: JobRow["state"] | null; version: string | null };
}

/** What a write on one job does, and how the job looks afterwards if it did. */
interface JobWrite<E extends JobEffect, R extends JobReply> {
  act(queue: string, id: string, options: JobWriteOptions): Promise<E>;
  reply(effect: E, job: JobReply["job"]): R;
  /** The effect that the change from `before` to `now` proves; null if it proves none. */
  seen(before: JobRow, now: JobRow | undefined): E | null;
  details?: Notes;
}

export function jobActionRoutes(room: Room): Pick<Handlers, Names> {
  const { engine } = room;
  const plain = (_: JobEffect, job: JobReply["job"]): JobReply => ({ job });
  return {
    retryJob: (ask) =>
      jobCommand(room, ask, {
        act: (queue, id, options) =>
          engine.retryJob(queue, id, { ...options, resetAttempts: ask.body.reset_attempts }),
        reply: plain,
        seen: (before, now) => (now && now.version !== before.version ? now : null),
        details: { reset_attempts: ask.body.reset_attempts },
      }),
    cancelJob: (ask) =>
      jobCommand(room, ask, {
        act: (queue, id, options) => engine.cancelJob(queue, id, options),
        reply: ({ stopped }: CancelEffect, job) => ({ job, stopped }),
        seen: (_, now): CancelEffect | null =>
          now?.state === "failed" && now.error?.name === "Cancelled" ? { ...now, stopped: true } : null,
      }),
    removeJob: (ask) =>
      jobCommand(room, ask, {
        act: (queue, id, options) => engine.removeJob(queue, id, options),
        reply: plain,
        seen: (_, now) => (now === undefined ? { state: null, version: null } : null),
      }),
    promoteJob: (ask) =>
      jobCommand(room, ask, {
        act: (queue, id, options) => engine.promoteJob(queue, id, options),
        reply: plain,
        seen: (before, now) =>
          now && now.version !== before.version && now.state !== "delayed" ? now : null,
      }),
  };
}

function jobCommand<E extends JobEffect, R extends JobReply>(
  { engine, redactor }: Room,
  { params: { queue, job_id: id }, body: { expect } }: JobAsk,
  write: JobWrite<E, R>,
): Command<R> {
  let before: JobRow | undefined;
  const find = async (): Promise<JobRow | undefined> => (await engine.jobsById(queue, [id]))[0];
  const toEffect = (effect: E, notes: Notes) => {
    notes.to = effect.state ?? "gone";
    const job = { id, state: effect.state, version: effect.version };
    const reply = write.reply(effect, job);
    if ("stopped" in reply) notes.stopped = reply.stopped;
    return { affected: 1, reply };
  };
  return {
    queue,
    jobId: id,
    expected: expect?.version ?? null,
    details: write.details ?? {},
    async act(notes) {
      before = await find();
      if (before) Object.assign(notes, { task: before.task, from: before.state });
      if (before?.error) notes.error_shape = errorShape(before.error, redactor.value).id;
      return toEffect(await write.act(queue, id, expect ? { expectVersion: expect.version } : {}), notes);
    },
    async readBack(notes) {
      const effect = before && write.seen(before, await find());
      return effect ? toEffect(effect, notes) : null;
    },
  };
}
