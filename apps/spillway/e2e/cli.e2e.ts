import { execFile, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { ask } from "./fixtures/ask.ts";
import { expect, test } from "./fixtures/test.ts";

const BUNDLE = join(import.meta.dirname, "../dist/spillway.js");
const SCRIPT = join(import.meta.dirname, "../examples/failure-spike.sh");

/** A folder with `spillway` on the PATH, and the accounts of a console. */
function desk() {
  const folder = mkdtempSync(join(tmpdir(), "spillway-cli-"));
  const file = (name: string): string => join(folder, name);
  writeFileSync(file("spillway"), `#!/bin/sh\nexec "${process.execPath}" "${BUNDLE}" "$@"\n`);
  chmodSync(file("spillway"), 0o755);
  const PATH = [folder, dirname(process.execPath), process.env.PATH].join(delimiter);
  const run = (args: readonly string[], env: Record<string, string> = {}) =>
    spawnSync(file("spillway"), args, { env: { PATH, ...env }, encoding: "utf8" });
  const token = (name: string, role: string): string =>
    run([
      "token",
      "add",
      name,
      "--role",
      role,
      "--owner",
      "Ana Gómez",
      "--tokens-file",
      file("tokens.json"),
    ]).stdout.trim();
  return { file, PATH, run, token, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}

test("a script walks the failure spike of the playbook by the command line alone", async ({ spillway }) => {
  using here = desk();
  const tokens = {
    oncall: here.token("oncall", "operator"),
    admin: here.token("admin", "admin"),
    guest: here.token("guest", "viewer"),
  };
  const { url, process: console } = await spillway.embedded({
    scenario: "bad-deploy",
    args: ["--tokens-file", here.file("tokens.json"), "--sample-interval", "500ms"],
  });
  const as = (token: string) => ({ Authorization: `Bearer ${token}` });
  const rehearse = (body: object): string =>
    `const reply = await fetch(${JSON.stringify(`${url}/api/scenario`)}, { method: "POST", headers: { "Content-Type": "application/json", ` +
    `"X-Spillway-Request": "1", Authorization: "Bearer ${tokens.admin}" }, body: '${JSON.stringify(body)}' });\n` +
    "if (!reply.ok) throw new Error(await reply.text());\n";
  writeFileSync(here.file("faster.mjs"), rehearse({ name: "bad-deploy", speed: 20 }));
  writeFileSync(here.file("fix.mjs"), rehearse({ name: "bad-deploy", fixed: true }));
  expect(spawnSync(process.execPath, [here.file("faster.mjs")], { encoding: "utf8" }).stderr).toBe("");

  const env = {
    PATH: here.PATH,
    SPILLWAY_URL: url,
    SPILLWAY_TOKEN: tokens.oncall,
    FIX: `node ${here.file("fix.mjs")}`,
    WATCH: "1s",
    REASON: "the provider recovered",
  };
  const walked = await new Promise<{ code: unknown; out: string }>((resolve) => {
    execFile(
      "sh",
      [SCRIPT, "billing", "--q", "tenant-12", "--may-fail", "25"],
      { env, timeout: 100_000 },
      (error, stdout, stderr) => resolve({ code: error?.code ?? 0, out: stdout + stderr }),
    );
  });
  expect(walked, walked.out).toMatchObject({ code: 0 });
  expect(walked.out).toContain("TimeoutError: connect to <ip> timed out");
  expect(walked.out).toContain('"authorization":"[redacted]"');
  expect(walked.out).toContain("No matching record since");
  expect(walked.out.match(/^Operation \w+ is done: \d+ retried/gm)).toHaveLength(3);
  expect(walked.out).toMatch(/^of 10 jobs \d+ completed/m);
  expect(walked.out.match(/^(stable|recovering|too early): /gm)).toHaveLength(2);

  const { items } = await ask<{ items: object[] }>(
    url,
    "/audit?queue=billing&action=job.retry",
    as(tokens.oncall),
  );
  const actor = { id: "program:oncall", name: "oncall (Ana Gómez)", auth: "token", verified: true };
  expect(items).toMatchObject([
    { reason: "phase 3", source: "redrive", actor },
    { reason: "phase 2", source: "redrive", actor },
    { reason: "phase 1: the provider recovered", source: "redrive", actor, affected: 10 },
  ]);

  await test.step("the same roles and the same audit as on screen; exit codes say why not", async () => {
    const refused = here.run(["pause", "billing", "--url", url], { SPILLWAY_TOKEN: tokens.guest });
    expect([refused.status, refused.stdout, refused.stderr]).toEqual([
      77,
      "",
      "queue.pause is not allowed to viewer.\n",
    ]);
    expect(here.run(["queues", "--url", url]).status).toBe(77);
    const none = here.run(["pause", "nowhere"], env);
    expect([none.status, none.stderr]).toEqual([1, 'There is no queue "nowhere".\n']);
    const paused = here.run(["pause", "billing", "--reason", "INC-7", "--json"], env);
    expect([paused.status, JSON.parse(paused.stdout)]).toMatchObject([0, { status: "success" }]);
    const { items: records } = JSON.parse(
      here.run(["audit", "--action", "queue.pause", "--json"], env).stdout,
    );
    expect(records).toMatchObject([
      { status: "success", reason: "INC-7", source: "api", actor },
      { status: "failed", queue: "nowhere", actor },
      { status: "failed", error: { code: "forbidden" }, actor: { name: "guest (Ana Gómez)" } },
    ]);
    await console.stop();
    expect(here.run(["queues"], env)).toMatchObject({
      status: 69,
      stderr: `${url} can't be reached: ECONNREFUSED. Is --url right?\n`,
    });
  });
});
