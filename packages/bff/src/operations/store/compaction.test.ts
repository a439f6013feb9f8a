import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmbeddedEngine, createManualClock } from "@spillway/engine-embedded";
import { expect, test } from "vitest";
import { memorySink, START } from "../../app.fixture.ts";
import { createOperationsFile, type OperationsFile } from "../../node/operations-file.ts";
import { operationsWorld } from "../operations.fixture.ts";

const SLACK = 20_000;

/** Consoles one after the other on one engine, one audit and one file. */
async function onOneFile() {
  const folder = await mkdtemp(join(tmpdir(), "spillway-"));
  const path = join(folder, "operations.ndjson");
  const clock = createManualClock(START);
  const engine = createEmbeddedEngine({ clock });
  const audit: string[] = [];
  const start = async () => {
    const file = createOperationsFile(path, SLACK);
    let anew = 0;
    let written: Promise<unknown> = Promise.resolve();
    const operationsStore: OperationsFile = {
      ...file,
      append: (line) => after(file.append(line)),
      replace(lines) {
        anew++;
        return after(file.replace(lines));
      },
    };
    const after = (writing: Promise<void>): Promise<void> => {
      written = Promise.allSettled([written, writing]);
      return writing;
    };
    const world = await operationsWorld({
      wrapEngine: () => Object.create(engine),
      deps: { clock, operationsStore, auditSinks: [memorySink(audit)] },
    });
    const close = async () => {
      await world.close();
      await file[Symbol.asyncDispose]();
    };
    return { ...world, engine, clock, close, written: () => written, anew: () => anew };
  };
  const size = async () => (await stat(path)).size;
  return { start, size, engine, clock, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}

test("the file stays below twice what is needed and some slack, however long an operation goes on", async () => {
  await using file = await onOneFile();
  const first = await file.start();
  for (let i = 0; i < 100; i++) file.engine.add("billing", "t", {}, { id: `${i}`, delayMs: 3_600_000 });
  const { id } = await first.bulk({
    action: "job.promote",
    selection: { filter: { state: "delayed" } },
    rate_per_s: 0.1,
  });
  const needed = await file.size();
  let most = 0;
  let turns = 0;
  for (; turns < 150; turns++) {
    await first.post(`/api/operations/${id}/pause`);
    await first.post(`/api/operations/${id}/resume`);
    await first.written();
    most = Math.max(most, await file.size());
  }
  // Each turn writes two lines of more than 500 characters; a line or two may be written before it is noticed.
  const bound = 2 * needed + SLACK + 5_000;
  expect(turns * 2 * 500).toBeGreaterThan(2 * bound);
  expect(most).toBeLessThan(bound);
  expect(first.anew()).toBeGreaterThan(3);
  await first.close();
  const second = await file.start();
  expect(await second.get(id)).toMatchObject({ state: "running", matched: 100 });
  await second.close();
});

test("what is being begun while the file is put anew is there once", async () => {
  await using file = await onOneFile();
  const first = await file.start();
  const queues = Array.from({ length: 12 }, (_, i) => `q${i}`);
  for (const queue of queues)
    for (let i = 0; i < 500; i++) file.engine.add(queue, "t", {}, { id: `${queue}-${i}` });
  const begun = await Promise.all(
    queues.map((queue) =>
      first.order(`/api/queues/${queue}/jobs/bulk`, {
        action: "job.cancel",
        selection: { filter: { state: "waiting" } },
      }),
    ),
  );
  for (const { id } of begun) await first.ended(id);
  await first.close();
  const second = await file.start();
  for (const { id } of begun) {
    expect(await second.get(id)).toMatchObject({ state: "done", matched: 500, succeeded: 500 });
    expect((await second.outcomes(id)).length).toBe(500);
  }
  expect((await second.json("/api/operations")).total).toBe(12);
  await second.close();
});
