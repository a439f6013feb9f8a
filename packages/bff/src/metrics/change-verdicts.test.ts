import { type QueueDetail, queueDetail, queueList } from "@spillway/contract/schemas";
import { expect, test } from "vitest";
import { startApp } from "../app.fixture.ts";

const TICK = 5_000;

async function world() {
  const app = await startApp({ scenario: "healthy", config: { sampleIntervalMs: TICK } });
  const rows = async () => {
    const { items } = queueList.parse(await app.json("/api/queues"));
    return new Map(items.map(({ name, since_change }) => [name, since_change]));
  };
  const page = async (name: string): Promise<QueueDetail> =>
    queueDetail.parse(await app.json(`/api/queues/${name}`));
  return { ...app, rows, page };
}

test("a queue that was changed says in its row what its page says, for an hour; others say nothing", async () => {
  const { rows, page, send, clock } = await world();
  expect([...(await rows()).values()].filter((each) => each !== null)).toEqual([]);
  const headers = { "content-type": "application/json", "x-spillway-request": "1" };
  for (const body of [
    { kind: "deploy", title: "2.14.0", queue: "billing" },
    { kind: "note", title: "lunch", queue: "emails" },
    { kind: "deploy", title: "everything" },
  ])
    await send("/api/markers", { method: "POST", headers, body: JSON.stringify(body) });
  await clock.advance(TICK);
  expect((await rows()).get("billing")?.state).toBe("too_early");
  await clock.advance(12 * TICK);
  const told = await rows();
  const { verdict } = await page("billing");
  expect(told.get("billing")).toEqual({ state: verdict.state, since: verdict.since });
  expect(verdict.state).toBe("stable");
  expect([...told].filter(([, each]) => each !== null).map(([name]) => name)).toEqual(["billing"]);
  await clock.advance(3_600_000);
  expect((await rows()).get("billing")).toBeNull();
});
