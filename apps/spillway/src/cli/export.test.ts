import { expect, it } from "vitest";
import { startSpillway } from "../../e2e/fixtures/process.ts";
import { MAIN, spillway } from "../access/access.fixture.ts";

it("jobs --ndjson prints each job that matches and what it holds; ends with 1 where these are not all", async () => {
  await using console = await startSpillway(["--scenario", "bad-deploy"], MAIN);
  const ask = (...more: string[]) =>
    spillway(["jobs", "billing", "--task", "invoice.charge", "--ndjson", "--url", console.url, ...more]);
  const all = ask("--reason", "for the provider");
  const lines = all.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const { export: said } = lines.pop();
  expect([all.status, all.stderr]).toEqual([0, ""]);
  expect(said).toMatchObject({ queue: "billing", jobs: lines.length, complete: true });
  expect(lines.length).toBeGreaterThan(20);
  expect(new Set(lines.map(({ state, task }) => `${state} ${task}`))).toEqual(
    new Set(["failed invoice.charge"]),
  );
  const some = ask("--limit", "20");
  expect([some.status, some.stdout.trim().split("\n").length]).toEqual([1, 21]);
  expect(some.stderr).toContain("Not all: this export ends with 20 jobs, and there are more that match");
  const records = (await (await fetch(`${console.url}/api/audit?action=queue.export`)).json()).items;
  expect(records.map(({ status, affected }: Record<string, unknown>) => [status, affected])).toEqual([
    ["success", 20],
    ["success", lines.length],
  ]);
  expect(records.at(-1)).toMatchObject({ reason: "for the provider", source: "api" });
});
