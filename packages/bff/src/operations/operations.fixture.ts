import {
  type Operation,
  operation,
  outcomePage,
  type Selection,
  selection,
} from "@spillway/contract/schemas";
import type { JobError, QueueEngine } from "@spillway/engine";
import type { EmbeddedEngine } from "@spillway/engine-embedded";
import { expect } from "vitest";
import { type AppOptions, startApp } from "../app.fixture.ts";

export const TIMEOUT: JobError = {
  name: "TimeoutError",
  message: "connect to 10.0.0.1 timed out",
  stack: null,
};

/** An app with a queue `billing` whose engine is replaced in part, and ways to order and follow operations. */
export async function operationsWorld(
  options: AppOptions & { replace?: (engine: EmbeddedEngine) => Partial<QueueEngine> } = {},
) {
  const { replace = () => ({}), ...rest } = options;
  const app = await startApp({
    wrapEngine: (engine) => Object.assign(Object.create(engine), replace(engine)),
    ...rest,
  });
  const { engine, clock, post, json, send } = app;
  engine.defineQueue("billing");

  /** Jobs that failed for good, by a worker that is gone again; ids `<prefix>0` and so on. */
  async function fail(count: number, prefix = "job-", error = TIMEOUT, task = "charge"): Promise<string[]> {
    const ids = Array.from({ length: count }, (_, i) => `${prefix}${i}`);
    const before = (await engine.queue("billing")).counts.failed;
    for (const id of ids) engine.add("billing", task, { id }, { id });
    const worker = engine.addWorker({
      queues: ["billing"],
      concurrency: 1_000,
      simulate: () => ({ ms: 1, error }),
    });
    while ((await engine.queue("billing")).counts.failed < before + count) await clock.advance(1);
    await engine.stopWorker(worker);
    return ids;
  }

  const order = async (path: string, body: object, headers = {}): Promise<Operation> => {
    const reply = await post(path, body, headers);
    const text = await reply.text();
    expect(reply.status, text).toBe(202);
    return operation.parse(JSON.parse(text).operation);
  };
  const bulk = (body: object, headers = {}) =>
    order("/api/queues/billing/jobs/bulk", { action: "job.retry", ...body }, headers);
  const get = async (id: string): Promise<Operation> => operation.parse(await json(`/api/operations/${id}`));

  /** Lets what goes on in the background go on until the operation is as wanted; time stands still. */
  async function until(id: string, wanted: (operation: Operation) => boolean): Promise<Operation> {
    for (let turn = 0; turn < 2_000; turn++) {
      const now = await get(id);
      if (wanted(now)) return now;
      await new Promise((resolve) => setTimeout(resolve, turn < 50 ? 0 : 2));
    }
    return expect.fail(`It stays ${JSON.stringify(await get(id))}`);
  }
  const ended = (id: string) =>
    until(id, ({ state }) => state === "done" || state === "cancelled" || state === "failed");

  async function outcomes(id: string, query = "") {
    const items = [];
    for (let page = 1; ; page++) {
      const part = outcomePage.parse(
        await json(`/api/operations/${id}/outcomes?size=200&page=${page}${query}`),
      );
      items.push(...part.items);
      if (items.length >= part.total) return items;
    }
  }
  const preview = async (action: string, input: object): Promise<Selection> =>
    selection.parse(
      await (await post("/api/queues/billing/jobs/preview", { action, selection: input })).json(),
    );
  const counts = async () => (await engine.queue("billing")).counts;
  const recordsOf = async (id: string) => (await json(`/api/audit?operation_id=${id}`)).items;

  return { ...app, fail, order, bulk, get, until, ended, outcomes, preview, counts, recordsOf, send };
}

export const FAILED = { filter: { state: "failed" } };
