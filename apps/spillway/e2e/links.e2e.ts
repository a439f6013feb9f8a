import { introduce, screen } from "./fixtures/person.ts";
import { expect, test } from "./fixtures/test.ts";

test("a bad filter falls back field by field and says so", async ({ page, spillway }) => {
  const { url } = await spillway.open();
  const BAD = {
    "/queues/billing/jobs?state=sideways&task=invoice&page=-3&from=yesterday": [
      "state “sideways”",
      "page “-3”",
      "from “yesterday”",
    ],
    "/queues/billing/dlq?from=noon": ["from “noon”"],
    "/queues?sort=luck": ["sort “luck”"],
    "/workers?health=splendid": ["health “splendid”"],
    "/metrics?horizon=99d": ["horizon “99d”"],
    "/audit?status=odd&queue=billing": ["status “odd”"],
  };
  for (const [path, complaints] of Object.entries(BAD)) {
    await page.goto(url + path);
    const note = screen(page)
      .getByRole("status")
      .filter({ hasText: "Not understood in the address, so left out" });
    for (const complaint of complaints) await expect(note).toContainText(complaint);
  }
  await page.goto(`${url}/queues/billing/jobs?state=sideways&task=invoice`);
  await expect(screen(page).getByRole("list", { name: "Filters that are set" })).toContainText(
    "task contains “invoice”",
  );
  const reply = await fetch(`${url}/api/queues/billing/jobs?state=sideways`);
  expect(reply.status).toBe(400);
  expect(await reply.json()).toMatchObject({ code: "invalid_request", issues: [{ path: "state" }] });
});

test("a page past the end is empty, and says so", async ({ page, spillway }) => {
  const { url } = await spillway.open();
  await page.goto(`${url}/queues/billing/jobs?state=failed&page=9999`);
  await expect(screen(page)).toContainText("This page is past the end");
  await screen(page).getByRole("link", { name: "Go to the first page" }).click();
  await expect(screen(page).getByRole("link", { name: /^Job / }).first()).toBeVisible();
});

test("the page of a missing job looks in the audit", async ({ page, guard, spillway, look }) => {
  guard.expect(/the server responded with a status of 404/);
  const { url } = await spillway.open();
  await page.goto(`${url}/queues/billing/jobs?state=failed`);
  await introduce(page, "ana");
  const first = screen(page).getByRole("link", { name: /^Job / }).first();
  const address = new URL((await first.getAttribute("href")) ?? "", `${url}/`);
  const reply = await fetch(`${url}/api${address.pathname}/remove`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-spillway-request": "1" },
    body: JSON.stringify({ reason: "a duplicate" }),
  });
  expect(await reply.json()).toMatchObject({ status: "success" });
  await page.goto(address.href);
  await expect(screen(page)).toContainText("was removed from billing");
  await expect(screen(page)).toContainText(/By Anonymous at .*\d\d:\d\d:\d\dZ, .* ago: “a duplicate”/);
  await look(page, "a removed job");

  await page.goto(`${url}/queues/billing/jobs/never-was`);
  await expect(screen(page)).toContainText(/Nothing in the audit explains it; this process remembers since/);
  await page.goto(`${url}/queues/never-was`);
  await expect(screen(page).getByRole("alert")).toContainText(/not found|no such queue|There is no/i);
  await look(page, "a missing queue");
});
