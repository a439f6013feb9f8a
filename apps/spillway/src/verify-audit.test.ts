import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { post } from "../e2e/fixtures/ask.ts";
import { startSpillway } from "../e2e/fixtures/process.ts";

const MAIN = join(import.meta.dirname, "main.ts");

let folder: string;
let file: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "spillway-verify-"));
  file = join(folder, "audit.ndjson");
  await using spillway = await startSpillway(["--audit-file", file], MAIN);
  for (let i = 0; i < 5; i++) await post(spillway.url, "/queues/billing/pause", { reason: `${i}` });
  for (const [name, query] of [
    ["export.ndjson", "format=ndjson"],
    ["export.csv", "format=csv"],
    ["nothing.ndjson", "format=ndjson&q=nothing-of-the-kind"],
  ] as const) {
    const reply = await fetch(`${spillway.url}/api/audit/export?${query}`);
    writeFileSync(join(folder, name), await reply.text());
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

function verify(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, "audit", "verify", ...args], {
    encoding: "utf8",
  });
  return { status, lines: stdout.trim().split("\n"), stderr };
}

it("says of a file and of an export that they are intact, with the head to note", () => {
  // The file goes on with the records of the exports; none of these holds its own.
  for (const [path, records] of [
    [file, 9],
    [join(folder, "export.ndjson"), 6],
  ] as const) {
    const { status, lines } = verify(path);
    expect([path, status, lines[0]]).toEqual([
      path,
      0,
      expect.stringMatching(new RegExp(`^${records} records, chain intact from \\S+Z to \\S+Z\\.$`)),
    ]);
    const place = /^Entries 1 to (\d+)\. Head: ([\da-f]{64})$/.exec(lines[1] ?? "");
    const head = place?.[2] ?? "";
    expect(place?.[1]).toBe(`${records * 2}`);
    expect(verify(path, "--head", head).status).toBe(0);
    expect(verify(`--head=${"0".repeat(64)}`, path)).toMatchObject({
      status: 1,
      lines: [expect.stringContaining("the head that was noted is not in the file"), expect.anything()],
    });
  }
});

it("finds the head of an export in the file, right before the record of that export", () => {
  const sealed = readFileSync(join(folder, "export.ndjson"), "utf8").trim().split("\n").at(-1) ?? "";
  const { head } = JSON.parse(sealed).export;
  expect(verify(file, "--head", head.hash).status).toBe(0);
  const next = JSON.parse(readFileSync(file, "utf8").split("\n")[head.seq] ?? "");
  expect(next).toMatchObject({
    kind: "intent",
    prev_hash: head.hash,
    body: { action: "audit.export", details: { format: "ndjson" } },
  });
});

it("says of an export that matched nothing that it is as it was made", () => {
  expect(verify(join(folder, "nothing.ndjson"))).toMatchObject({
    status: 0,
    lines: ["0 records: nothing matched, as its one line says.", expect.stringContaining("without a key")],
  });
});

it("names the first line and record that does not fit", () => {
  const [first = "", second = "", third = "", ...rest] = readFileSync(file, "utf8").split("\n");
  const changed = join(folder, "changed.ndjson");
  writeFileSync(changed, [first, second, third.replace("queue.pause", "queue.drain"), ...rest].join("\n"));
  expect(verify(changed)).toMatchObject({
    status: 1,
    lines: [
      `Line 3, record ${JSON.parse(third).id}: its content does not match its hash.`,
      expect.anything(),
    ],
  });
});

it("says that a table carries no chain, and 78 where there is nothing to read", () => {
  expect(verify(join(folder, "export.csv"))).toMatchObject({
    status: 1,
    lines: [expect.stringContaining("A CSV carries no chain")],
  });
  expect(verify(join(folder, "none"))).toMatchObject({
    status: 78,
    stderr: expect.stringMatching(/ENOENT\.\n$/),
  });
  expect(verify(folder)).toMatchObject({ status: 78, stderr: expect.stringContaining("is not a file") });
});
