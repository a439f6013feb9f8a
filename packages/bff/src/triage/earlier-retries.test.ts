import { shapeRetries } from "@spillway/contract/schemas";
import { expect, test } from "vitest";
import { startApp } from "../app.fixture.ts";

const timeout = { name: "TimeoutError", message: "no answer", stack: null };

test("tells of each error who retried it and what became of the jobs", async () => {
  const { engine, clock, post, json } = await startApp();
  let mended = false;
  engine.addWorker({
    queues: ["billing"],
    concurrency: 10,
    simulate: ({ id }) => ({ ms: 10, ...(!(mended && id.startsWith("good")) && { error: timeout }) }),
  });
  const ids = ["good-1", "good-2", "bad-1", "bad-2"];
  for (const id of ids) engine.add("billing", "charge", {}, { id, attempts: 1 });
  await clock.advance(1_000);
  mended = true;
  const retry = (id: string) => post(`/api/queues/billing/jobs/${id}/retry`, {});
  for (const id of ids) expect((await retry(id)).status).toBe(200);
  await clock.advance(1_000);
  await retry("bad-1");
  await clock.advance(1_000);
  await engine.pauseQueue("billing");
  await retry("bad-2");
  await engine.removeJob("billing", "good-2");

  const told = shapeRetries.parse(await json("/api/queues/billing/dlq/retries"));
  const [shape] = (await json("/api/queues/billing/dlq/shapes")).items;
  expect(told.items).toMatchObject([
    // Both of bad-1 and the first of bad-2 failed again, its second waits; good-2 is gone.
    { shape_id: shape.id, jobs: 6, completed: 1, failed_again: 3, still_open: 1, unknown: 1 },
  ]);
  const audit = await json(`/api/audit?queue=billing&action=job.retry&q=${shape.id}`);
  expect(audit.total_matching).toBe(6);
});

test("says nothing where nothing was retried", async () => {
  const { engine, json } = await startApp();
  engine.defineQueue("calm");
  expect((await json("/api/queues/calm/dlq/retries")).items).toEqual([]);
});
