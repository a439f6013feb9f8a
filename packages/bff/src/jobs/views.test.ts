import { jobDetail } from "@spillway/contract/schemas";
import { expect, test } from "vitest";
import { startApp } from "../app.fixture.ts";

test("a job whole: redacted, with frames, and its story from engine and audit in order", async () => {
  const { engine, clock, post, json } = await startApp();
  const stack =
    "TypeError: token=abc123secret is bad\n    at charge (/app/src/billing.ts:10:5)\n    at node:internal/x:1:1";
  engine.addWorker({
    queues: ["letters"],
    simulate: () => ({ ms: 50, error: { name: "TypeError", message: "token=abc123secret is bad", stack } }),
  });
  engine.add("letters", "print", '{"id":12345678901234567890,"password":"x-secret-x","__proto__":{"a":1}}', {
    id: "x",
    attempts: 1,
  });
  await clock.advance(1_000);
  await post("/api/queues/letters/jobs/x/retry", { reason: "try again" }, {}, ["operator"]);
  await clock.advance(1_000);
  const detail = jobDetail.parse(await json("/api/queues/letters/jobs/x"));
  expect(JSON.stringify(detail)).not.toMatch(/abc123secret|x-secret-x/);
  expect(detail.payload).toContain("12345678901234567890");
  expect(detail.redacted_paths).toEqual(["password"]);
  expect(detail.attempts[0]?.error?.frames[0]).toMatchObject({ function: "charge", line: 10, in_app: true });
  expect(detail.run_ms).toBe(50);
  const told = detail.timeline.map(({ at }) => at);
  expect(told).toEqual(told.toSorted());
  expect(detail.timeline.find(({ source }) => source === "audit")).toMatchObject({
    event: "job.retry",
    detail: "Ana: try again",
  });
});

test("payloads that are not JSON, huge or odd are shown safely", async () => {
  const { engine, json } = await startApp();
  engine.add("letters", "print", "not json password=hunter22", { id: "text" });
  engine.add("letters", "print", `{"a":"${"x".repeat(10_000_000)}"}`, { id: "huge" });
  const text = jobDetail.parse(await json("/api/queues/letters/jobs/text"));
  expect(text).toMatchObject({ payload: "not json password=[redacted]", flags: ["not_json"] });
  const huge = jobDetail.parse(await json("/api/queues/letters/jobs/huge"));
  expect(huge).toMatchObject({ payload_truncated: true, payload_preview: null, flags: ["huge"] });
  expect(huge.payload?.length).toBeLessThan(1_100_000);
});
