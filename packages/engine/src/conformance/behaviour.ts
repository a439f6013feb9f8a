import { expect, it } from "vitest";
import { EngineError, type EngineErrorCode } from "../errors.ts";
import type { JobRecord, JobRow, JobState, QueueSnapshot } from "../records.ts";
import type { ScanBatch } from "../scan-records.ts";
import type { Harness, MakeHarness } from "./harness.ts";

/** Declares one behaviour, to be shown on a fresh engine. */
export type Behaviour = (name: string, show: (harness: Harness) => Promise<void>) => void;

export function behaviourOf(makeHarness: MakeHarness): Behaviour {
  return (name, show) => {
    it(name, async () => {
      await using harness = await makeHarness();
      await show(harness);
    });
  };
}

/** The engine's refusal, which must be an EngineError of this code with a sentence in it. */
export async function refusal(attempt: Promise<unknown>, code: EngineErrorCode): Promise<EngineError> {
  const thrown: unknown = await attempt.then(
    (value) => new Error(`expected ${code}, but it resolved to ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  );
  if (!(thrown instanceof EngineError)) throw thrown;
  expect({ code: thrown.code, message: thrown.message }).toEqual({
    code,
    message: expect.stringMatching(/\w+ \w+/),
  });
  return thrown;
}

export async function mustFind(harness: Harness, queue: string, id: string): Promise<JobRecord> {
  const job = await harness.engine.job(queue, id);
  if (!job) throw new Error(`queue ${queue} holds no job ${id}`);
  return job;
}

export async function reach(
  harness: Harness,
  queue: string,
  id: string,
  state: JobState,
): Promise<JobRecord> {
  await harness.settle(
    async () => (await harness.engine.job(queue, id))?.state === state,
    `job ${id} of ${queue} becomes ${state}`,
  );
  return mustFind(harness, queue, id);
}

/** A job that ran with a worker of its own until it reached `state`. */
export async function ran(
  harness: Harness,
  queue: string,
  job: Parameters<Harness["add"]>[1],
  state: JobState,
): Promise<JobRecord> {
  const id = await harness.add(queue, job);
  const worker = await harness.process(queue);
  const record = await reach(harness, queue, id, state);
  await worker.stop();
  return record;
}

export async function queueOf(harness: Harness, name: string): Promise<QueueSnapshot> {
  const { queues } = await harness.engine.snapshot();
  const found = queues.find((queue) => queue.name === name);
  if (!found) throw new Error(`the snapshot holds no queue ${name}`);
  return found;
}

/** Adds `count` jobs one after the other; resolves to their ids in that order. */
export async function addMany(
  harness: Harness,
  queue: string,
  count: number,
  job: Partial<Parameters<Harness["add"]>[1]> = {},
): Promise<string[]> {
  const ids: string[] = [];
  for (let each = 0; each < count; each += 1) ids.push(await harness.add(queue, { task: "ok", ...job }));
  return ids;
}

/** Jobs that ran with a worker of their own until each had failed for good; resolves to their ids. */
export async function failMany(
  harness: Harness,
  queue: string,
  count: number,
  job: Partial<Parameters<Harness["add"]>[1]> = {},
): Promise<string[]> {
  const ids = await addMany(harness, queue, count, { task: "fail", ...job });
  const worker = await harness.process(queue, { concurrency: 10 });
  await harness.settle(
    async () => (await harness.engine.queue(queue)).counts.failed >= count,
    `${count} jobs of ${queue} have failed`,
  );
  await worker.stop();
  return ids;
}

let receipts = 0;

/** A receipt that nobody has used. */
export function freshReceipt(): string {
  receipts += 1;
  return `receipt-${receipts}`;
}

/** The ids of all jobs in this state, the next to run or the longest there first. */
export async function idsIn(harness: Harness, queue: string, state: JobState): Promise<string[]> {
  const list = { order: "oldest", offset: 0, limit: 1000 } as const;
  return idsOf((await harness.engine.listJobs(queue, state, list)).rows);
}

export const idsOf = (rows: readonly Pick<JobRow, "id">[]): string[] => rows.map(({ id }) => id);

export async function gather(batches: AsyncIterable<ScanBatch>): Promise<ScanBatch[]> {
  const all: ScanBatch[] = [];
  for await (const batch of batches) all.push(batch);
  return all;
}
