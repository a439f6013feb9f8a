import { expectLive, flip, introduce, rowWith } from "./fixtures/person.ts";
import { expect, test } from "./fixtures/test.ts";

test("ten windows of one browser are live at once, and an action in one waits for no stream", async ({
  page,
  context,
  spillway,
}) => {
  test.setTimeout(240_000);
  const { url } = await spillway.open({ args: ["--sample-interval", "5s"] });
  await page.goto(`${url}/queues/webhooks`);
  await introduce(page, "ana");
  const others = await Promise.all(Array.from({ length: 9 }, () => context.newPage()));
  for (const other of others) {
    await other.goto(`${url}/audit?queue=webhooks`);
    expect(await other.evaluate(() => document.visibilityState)).toBe("visible");
    await expectLive(other);
  }
  await flip(page, "Pause", "webhooks", "with ten windows open");
  for (const other of others) await expect(rowWith(other, "queue.pause")).toContainText("ana");
});
