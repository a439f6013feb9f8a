import { queueDetail, queueList } from "@spillway/contract/schemas";
import { expect, test } from "vitest";
import { startApp } from "../app.fixture.ts";

test("whoever did something sees it in every picture at once, and looks without more samples than needed", async () => {
  let snapshots = 0;
  const app = await startApp({
    wrapEngine: (engine) =>
      new Proxy(engine, {
        get(target, name) {
          if (name === "snapshot") snapshots++;
          const value = Reflect.get(target, name, target);
          return typeof value === "function" ? value.bind(target) : value;
        },
      }),
  });
  for (const name of ["billing", "emails"]) app.engine.defineQueue(name);
  await app.clock.advance(60_000);
  const before = snapshots;
  for (const name of ["billing", "emails"])
    await app.post(`/api/queues/${name}/pause`, { reason: "contain" });
  // No time passes: nobody may have to wait for the next regular sample.
  const [list, detail] = await Promise.all([
    app.json("/api/queues").then((json) => queueList.parse(json)),
    app.json("/api/queues/billing").then((json) => queueDetail.parse(json)),
    app.json("/api/overview"),
  ]);
  expect(list.items.map(({ name, paused }) => [name, paused])).toEqual([
    ["billing", true],
    ["emails", true],
  ]);
  expect(detail.paused).toBe(true);
  expect(snapshots).toBe(before + 1);
});
