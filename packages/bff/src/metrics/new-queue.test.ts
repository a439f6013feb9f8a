import { expect, test } from "vitest";
import { startApp } from "../app.fixture.ts";

test("a queue that appeared between two samples is there, with an empty history", async () => {
  const app = await startApp({ config: { sampleIntervalMs: 60_000 } });
  app.engine.add("brand-new", "task", {});
  await app.clock.advance(1);
  const detail = await app.send("/api/queues/brand-new");
  expect(detail.status).toBe(200);
  expect(await detail.json()).toMatchObject({ history: [], verdict: { state: "too_early" } });
  await app.close();
});
