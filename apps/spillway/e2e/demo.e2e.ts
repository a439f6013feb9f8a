import { contentPolicy } from "@spillway/contract/content-policy";
import { buildDemo, serveDemo } from "./fixtures/demo-site.ts";
import { confirm, expectLive, messages, panel, screen, stat } from "./fixtures/person.ts";
import { expect, test } from "./fixtures/test.ts";

test("the demo needs no server: incident, deep link and a retry on a static host", async ({
  page,
  guard,
  spillway,
  look,
}) => {
  test.setTimeout(240_000);
  // A static host answers a deep link with its 404 page, which is the app.
  guard.expect(/status of 404/);
  const { url: real } = await spillway.embedded();
  const policy = (await fetch(real)).headers.get("content-security-policy");
  expect(policy).toBe(contentPolicy());
  await buildDemo();
  const { url } = spillway.also(await serveDemo(contentPolicy({ policies: ["spillway"] })));

  await test.step("The overview shows the incident, live", async () => {
    await page.goto(`${url}/?scenario=bad-deploy`);
    await expectLive(page);
    await expect(panel(page, "Needs attention")).toContainText("billing");
    await expect(stat(page, "Workers")).toContainText(/\d+/);
    await expect(page).toHaveTitle(/^\d+ ✕ demo · Spillway$/);
    await look(page, "the demo, bad deploy");
  });

  await test.step("A deep link opens the same world, and a retry leaves a record", async () => {
    await page.goto(`${url}/queues/billing/jobs?state=failed&scenario=bad-deploy`);
    await screen(page).getByRole("link", { name: /^Job / }).first().click();
    await screen(page).getByRole("button", { name: "Retry", exact: true }).click();
    await expect(messages(page)).toContainText("goes back to waiting");
    await messages(page).getByRole("link", { name: "Show the record" }).first().click();
    await expect(screen(page)).toContainText("job.retry");
  });

  await test.step("A pause asks first, as the real console does", async () => {
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Queues" }).click();
    await screen(page).getByRole("button", { name: "Pause… billing" }).click();
    await confirm(page, "Pause billing?", "trying it out");
    await expect(messages(page)).toContainText("billing is paused");
  });
});
