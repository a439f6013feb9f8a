import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chainEntry } from "@spillway/contract/schemas";
import { expect, it } from "vitest";
import { ask, post } from "../e2e/fixtures/ask.ts";
import { startSpillway } from "../e2e/fixtures/process.ts";

const MAIN = join(import.meta.dirname, "main.ts");
const STREAMS = 100;

it("ends with 0 on SIGTERM beside 100 streams and a bulk, and the bulk's record says how far it came", async () => {
  const folder = mkdtempSync(join(tmpdir(), "spillway-shutdown-"));
  const file = join(folder, "audit.ndjson");
  try {
    await using spillway = await startSpillway(
      [
        "--scenario",
        "bad-deploy",
        "--audit-file",
        file,
        "--audit-required",
        "--limits",
        `streams=${STREAMS}`,
      ],
      MAIN,
    );
    const opened = await Promise.all(
      Array.from({ length: STREAMS }, () => fetch(`${spillway.url}/api/events`)),
    );
    const streams = opened.map((reply) => reply.text());
    const body = { action: "job.retry", selection: { filter: { state: "failed" } }, rate_per_s: 5 };
    const begun = await post(spillway.url, "/queues/billing/jobs/bulk", body);
    expect(begun.status).toBe(202);
    const id = String(Reflect.get(Object(await begun.json()), "audit_id"));
    const isUnderWay = async () => {
      const { items } = await ask<{ items: { done: number; state: string }[] }>(spillway.url, "/operations");
      return (items[0]?.done ?? 0) > 0 && items[0]?.state === "running";
    };
    await expect.poll(isUnderWay, { timeout: 40_000 }).toBe(true);
    const code = await spillway.stop();
    expect([code, spillway.output().includes("did not let go")]).toEqual([0, false]);
    const texts = await Promise.all(streams);
    expect(texts.filter((text) => /^event: bye$/m.test(text))).toHaveLength(STREAMS);
    // Nothing is left that would be taken for interrupted.
    const entries = readFileSync(file, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => chainEntry.parse(JSON.parse(line)));
    const [intent, outcome, ...more] = entries.filter((entry) => entry.id === id);
    expect([intent?.kind, more]).toEqual(["intent", []]);
    expect(outcome).toMatchObject({ kind: "outcome", body: { error: { code: "interrupted" } } });
    await expect(post(spillway.url, "/queues/billing/pause")).rejects.toThrow();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
