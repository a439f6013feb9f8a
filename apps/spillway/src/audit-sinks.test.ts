import { execFileSync, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ask, post } from "../e2e/fixtures/ask.ts";
import { startSpillway } from "../e2e/fixtures/process.ts";

const MAIN = join(import.meta.dirname, "main.ts");
const NOBODY = 65_534;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "spillway-sinks-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const isPaused = async (url: string, queue: string) =>
  (await ask<{ paused: boolean }>(url, `/queues/${queue}`)).paused;

it.skipIf(!mayMount())(
  "does nothing while the disk of a required file is full, says why, and goes on when it is not",
  async () => {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=256k", "tmpfs", folder]);
    try {
      const file = join(folder, "audit.ndjson");
      await using spillway = await startSpillway(["--audit-file", file, "--audit-required"], MAIN);
      writeFileSync(join(folder, "ballast"), "x".repeat(200_000));
      const refusals: string[] = [];
      for (let i = 0; i < 100 && refusals.length < 5; i++) {
        const reply = await post(spillway.url, "/queues/billing/jobs/none/retry", {
          reason: "y".repeat(500),
        });
        if (reply.status === 503) refusals.push(String(Reflect.get(Object(await reply.json()), "detail")));
      }
      expect(new Set(refusals)).toEqual(
        new Set([
          "Nothing was done: the audit could not be written (file audit.ndjson: the disk is full (ENOSPC)).",
        ]),
      );
      expect((await post(spillway.url, "/queues/billing/pause")).status).toBe(503);
      expect(await isPaused(spillway.url, "billing")).toBe(false);
      const ready = await (await fetch(`${spillway.url}/readyz`)).json();
      expect(ready).toMatchObject({
        audit: {
          required: true,
          sinks: [{ kind: "file", status: "failing", problem: "the disk is full (ENOSPC)" }],
        },
      });
      rmSync(join(folder, "ballast"));
      expect((await post(spillway.url, "/queues/billing/pause")).status).toBe(200);
      expect(await spillway.stop()).toBe(0);
      const verified = spawnSync(process.execPath, [MAIN, "audit", "verify", file], { encoding: "utf8" });
      expect([verified.status, verified.stdout]).toEqual([0, expect.stringContaining("chain intact")]);
    } finally {
      execFileSync("umount", [folder]);
    }
  },
);

it("sends each entry to the webhook with its secret, the last ones before it ends", async () => {
  const seqs: number[] = [];
  const secrets = new Set<string | undefined>();
  let isDown = true;
  const server = createServer((request, reply) => {
    let text = "";
    request.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
    request.on("end", () => {
      secrets.add(request.headers.authorization);
      if (!isDown)
        seqs.push(
          ...text
            .trimEnd()
            .split("\n")
            .map((line): number => JSON.parse(line).seq),
        );
      reply.writeHead(isDown ? 503 : 200).end();
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/in`;
  const env = { SPILLWAY_AUDIT_WEBHOOK_SECRET: "geheim" };
  await using spillway = await startSpillway(["--audit-webhook", url], MAIN, env);
  // It is down, and nobody waits for it.
  expect((await post(spillway.url, "/queues/billing/pause")).status).toBe(200);
  isDown = false;
  expect((await post(spillway.url, "/queues/billing/resume")).status).toBe(200);
  expect(await spillway.stop()).toBe(0);
  expect(seqs).toEqual(seqs.map((_, i) => i + 1));
  expect(seqs.length).toBeGreaterThanOrEqual(6);
  expect([...secrets]).toEqual(["Bearer geheim"]);
  expect(spillway.output()).not.toContain("geheim");
  server.close();
});

it("ends with 78 where the file may not be written, before anything is done", () => {
  const file = join(folder, "audit.ndjson");
  writeFileSync(file, "");
  chmodSync(file, 0o400);
  chmodSync(folder, 0o755);
  const isRoot = process.getuid?.() === 0;
  if (isRoot) chownSync(file, NOBODY, NOBODY);
  const { status, stderr } = spawnSync(process.execPath, [MAIN, "--audit-file", file], {
    encoding: "utf8",
    ...(isRoot && { uid: NOBODY }),
  });
  expect([status, stderr]).toEqual([
    78,
    `--audit-file must be a file that can be read and appended to; ${file}: EACCES.\n`,
  ]);
  expect(readFileSync(file, "utf8")).toBe("");
});

/** Only root may, and not in every container. */
function mayMount(): boolean {
  try {
    execFileSync("unshare", ["-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
