import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, post } from "../e2e/fixtures/ask.ts";
import { type SpillwayProcess, startSpillway } from "../e2e/fixtures/process.ts";

const MAIN = join(import.meta.dirname, "main.ts");

describe("a running process", () => {
  let spillway: SpillwayProcess;
  beforeAll(async () => {
    spillway = await startSpillway(["--base-path", "/ops/queues", "--scenario", "bad-deploy"], MAIN);
  });
  afterAll(async () => {
    await spillway[Symbol.asyncDispose]();
  });

  it("says where it is and what it runs", () => {
    expect(spillway.output()).toMatch(/^Spillway is at http:\/\/127\.0\.0\.1:\d+\/ops\/queues\/\n/m);
    expect(spillway.output()).toMatch(/^Embedded engine, scenario bad-deploy: \S/m);
  });

  it("answers API and probes below its base path", async () => {
    expect((await fetch(`${spillway.url}/livez`)).status).toBe(200);
    const overview = await fetch(`${spillway.url}/api/overview`);
    expect(await overview.json()).toMatchObject({
      total_queues: expect.any(Number),
      total_workers: expect.any(Number),
    });
  });

  it("refuses a foreign host on API and screens, with the security headers", async () => {
    for (const path of ["/api/overview", "/", "/queues", "/assets/none.js"]) {
      const url = new URL(`${spillway.url}${path}`);
      const status = await statusFor(url, "evil.example");
      expect([path, status]).toEqual([path, 421]);
    }
  });

  it("writes the policy on every reply", async () => {
    for (const path of ["/", "/queues", "/assets/none.js", "/api/session", "/api/none", "/metrics/history"]) {
      const reply = await fetch(`${spillway.url}${path}`, { headers: { Accept: "text/html" } });
      expect([path, reply.headers.get("Content-Security-Policy")]).toEqual([
        path,
        expect.stringContaining("default-src 'none'; script-src 'self';"),
      ]);
      expect([path, reply.headers.get("X-Content-Type-Options")]).toEqual([path, "nosniff"]);
    }
  });

  it("gives /metrics/history as JSON by default", async () => {
    const reply = await fetch(`${spillway.url}/metrics/history`);
    expect(await reply.json()).toMatchObject({ history: expect.any(Array) });
    expect(reply.headers.get("Vary")).toContain("Accept");
  });

  it("keeps a second one from its port: one line, exit code 1", () => {
    const port = new URL(spillway.url).port;
    const { status, stderr } = spawnSync(process.execPath, [MAIN, "--port", port], { encoding: "utf8" });
    expect(status).toBe(1);
    expect(stderr.trim().split("\n").at(-1)).toBe(
      `Port ${port} on 127.0.0.1 is in use; choose another with --port, or 0 for a free one.`,
    );
  });
});

it("ends with 0 on SIGTERM while a stream is open, saying bye", async () => {
  await using spillway = await startSpillway([], MAIN);
  const stream = await fetch(`${spillway.url}/api/events`);
  const [text, code] = await Promise.all([stream.text(), spillway.stop()]);
  expect(text).toMatch(/^event: bye$/m);
  expect(code).toBe(0);
});

it("keeps the audit across a restart, and says where the one process ends and the other begins", async () => {
  const folder = mkdtempSync(join(tmpdir(), "spillway-audit-"));
  const args = ["--audit-file", join(folder, "audit.ndjson")];
  const read = async (url: string) => {
    const { items, chain } = await ask<{ items: Kept[]; chain: { consistent: boolean } }>(url, "/audit");
    return { items, chain };
  };
  try {
    let first: Kept[] = [];
    {
      await using spillway = await startSpillway(args, MAIN);
      await post(spillway.url, "/queues/billing/pause", { reason: "before the restart" });
      await post(spillway.url, "/queues/nowhere/pause");
      first = (await read(spillway.url)).items;
      expect(await spillway.stop()).toBe(0);
    }
    await using again = await startSpillway(args, MAIN);
    const { items, chain } = await read(again.url);
    const kept = items.filter(({ id }) => first.some((one) => one.id === id));
    expect(kept).toEqual(first);
    expect(items.map(({ action }) => action)).toContain("audit.resumed");
    expect(chain.consistent).toBe(true);
    const paused = items.find(({ action, status }) => action === "queue.pause" && status === "success");
    expect(paused).toMatchObject({ queue: "billing", reason: "before the restart" });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it("takes how many workers each queue should have", async () => {
  await using spillway = await startSpillway(["--expected-workers", "billing=97,emails=1"], MAIN);
  const { items } = await ask<{ items: { name: string; expected_workers: object | null }[] }>(
    spillway.url,
    "/queues",
  );
  const of = (queue: string) => items.find(({ name }) => name === queue)?.expected_workers;
  expect(of("billing")).toMatchObject({ value: 97, source: "config" });
  expect(of("emails")).toMatchObject({ value: 1, source: "config" });
  expect(of("webhooks")).not.toMatchObject({ source: "config" });
});

interface Kept {
  id: string;
  action: string;
  status: string;
  queue: string | null;
  reason: string | null;
}

it("starts without Redis and says that it cannot reach it", async () => {
  await using spillway = await startSpillway(
    ["--engine", "bullmq", "--redis", "redis://:geheim@127.0.0.1:1"],
    MAIN,
  );
  expect((await fetch(`${spillway.url}/livez`)).status).toBe(200);
  const ready = await fetch(`${spillway.url}/readyz`);
  expect([ready.status, await ready.json()]).toEqual([503, expect.objectContaining({ cause: "down" })]);
  expect(spillway.output()).toContain("BullMQ on redis://127.0.0.1:1, prefix bull, all queues");
  expect(spillway.output()).not.toContain("geheim");
});

/** Node's fetch does not let a caller choose the Host header. */
async function statusFor(url: URL, host: string): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  const sent = request(url, { headers: { Host: host, Accept: "text/html" } }, (reply) => {
    reply.resume();
    resolve(reply.statusCode);
  });
  sent.on("error", reject);
  sent.end();
  return promise;
}
