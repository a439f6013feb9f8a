import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { ask } from "./fixtures/ask.ts";
import { type BareFolder, installPacked, startHost } from "./fixtures/bare-folder.ts";
import { expectLive, messages, rowWith, screen } from "./fixtures/person.ts";
import { expect, test } from "./fixtures/test.ts";

const HOSTS = ["hono", "express", "fastify", "http"] as const;
const AS_ANA = { Cookie: "user=ana" };

let folder: BareFolder;

test.beforeAll(() => {
  folder = installPacked();
});
test.afterAll(() => folder[Symbol.dispose]());

test("the package needs nothing beside it, and its types fit the four hosts", () => {
  const manifest = JSON.parse(readFileSync(folder.file("node_modules/spillway/package.json"), "utf8"));
  expect(Object.keys(manifest)).not.toContain("dependencies");
  const PATH = [dirname(process.execPath), process.env.PATH].join(delimiter);
  const command = folder.file("node_modules/.bin/spillway");
  const version = spawnSync(command, ["--version"], { env: { PATH }, encoding: "utf8" });
  expect(version.stdout).toBe(`${manifest.version}\n`);
  const types = folder.typecheck();
  expect([types.stdout, types.status]).toEqual(["", 0]);
  const code = 'import { createSpillway } from "spillway"; await createSpillway({ basePath: "/ops" });';
  const open = spawnSync(process.execPath, ["--input-type=module", "-e", code], {
    cwd: folder.path,
    encoding: "utf8",
  });
  expect(open.status).toBe(1);
  expect(open.stderr).toContain(
    "createSpillway needs authorize: (host, request) => ({ id, name, roles }) or null; nobody gets in by default.",
  );
});

/** What a package of ours depends on that is not ours. */
function needed(folder: string): string[] {
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, folder, "package.json"), "utf8"));
  return Object.keys(manifest.dependencies).filter((name) => !name.startsWith("@spillway/"));
}

test("the package names everybody whose work is in it, with their licences", () => {
  const read = (path: string): string =>
    readFileSync(folder.file(`node_modules/spillway/dist/${path}`), "utf8");
  const notices = { process: read("THIRD-PARTY-NOTICES.txt"), screens: read("site/THIRD-PARTY-NOTICES.txt") };
  const inside = ["bff", "contract", "engine-bullmq", "engine-embedded"].flatMap((name) =>
    needed(`../../../packages/${name}`),
  );
  const shown = [...needed("../../web"), "tailwindcss"];
  const listed = (text: string) => [...text.matchAll(/^(\S+) \d\S* \((.+)\)$/gm)];
  expect(listed(notices.process).map(([, name]) => name)).toEqual(expect.arrayContaining(inside));
  expect(listed(notices.screens).map(([, name]) => name)).toEqual(expect.arrayContaining(shown));
  const known = /^(?:MIT|ISC|0BSD|Apache-2\.0|BSD-[23]-Clause|OFL-1\.1)$/;
  const unknown = listed(notices.process + notices.screens).filter(
    ([, , licence = ""]) => !licence.split(" AND ").every((one) => known.test(one)),
  );
  expect(unknown.map(([line]) => line)).toEqual([]);
});

for (const host of HOSTS)
  test(`mounted in ${host}: its people, deep links, live, and on record by their name`, async ({ page }) => {
    await using app = await startHost(folder, host);
    const { url, origin } = app;
    expect(new URL(url).pathname).toBe("/ops/queues");
    await test.step("the application lets in whom it knows, and keeps its own pages", async () => {
      expect(await (await fetch(`${origin}/`)).text()).toBe("The shop");
      const stranger = await fetch(`${url}/api/session`);
      expect([stranger.status, (await stranger.json()).detail]).toEqual([
        401,
        "Log in to the application around this console.",
      ]);
      const short = await fetch(url, { redirect: "manual" });
      expect([short.status, short.headers.get("Location")]).toEqual([302, "/ops/queues/"]);
      const head = await fetch(`${url}/queues`, { method: "HEAD" });
      expect([head.status, await head.text()]).toEqual([200, ""]);
      await page.goto(`${origin}/log-in`);
    });

    await test.step("a deep link opens and reloads", async () => {
      await page.goto(`${url}/queues/billing/jobs?state=failed`);
      await expectLive(page);
      await page.reload();
      await expectLive(page);
      await expect(page).toHaveURL(`${url}/queues/billing/jobs?state=failed`);
    });

    await test.step("a failed job is retried", async () => {
      await screen(page).getByRole("table").getByRole("link", { name: /^Job / }).first().click();
      await screen(page).getByRole("button", { name: "Retry", exact: true }).click();
      await expect(messages(page)).toContainText(/goes back to waiting/);
    });

    await test.step("what others do is seen live; its body arrives", async () => {
      await page.goto(`${url}/queues`);
      await expectLive(page);
      const paused = await fetch(`${url}/api/queues/emails/pause`, {
        method: "POST",
        headers: { ...AS_ANA, "Content-Type": "application/json", "X-Spillway-Request": "1", Origin: origin },
        body: JSON.stringify({ reason: "as JSON that was parsed before" }),
      });
      expect([paused.status, await paused.json()]).toMatchObject([200, { status: "success" }]);
      await expect(rowWith(page, "emails")).toContainText("paused");
    });

    await test.step("the audit names whom the application named", async () => {
      const { items } = await ask<{ items: object[] }>(url, "/audit?limit=2", AS_ANA);
      const actor = { id: "7", name: "Ana Gómez", auth: "host", verified: true, ip: "127.0.0.1" };
      expect(items).toMatchObject([
        { action: "queue.pause", reason: "as JSON that was parsed before", actor },
        { action: "job.retry", status: "success", source: "ui", actor },
      ]);
    });

    await test.step("it ends with the application while streams are open", async () => {
      const stream = (await fetch(`${url}/api/events`, { headers: AS_ANA })).text();
      const exited = once(app.child, "exit");
      app.child.kill("SIGTERM");
      expect(await stream).toMatch(/^event: bye$/m);
      await page.goto("about:blank");
      expect((await exited)[0]).toBe(0);
    });
  });
