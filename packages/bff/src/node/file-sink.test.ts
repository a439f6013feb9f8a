import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createFileSink } from "./file-sink.ts";
import { peerAddress } from "./peer-address.ts";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "spillway-audit-"));
  path = join(folder, "audit.ndjson");
});
afterEach(() => rm(folder, { recursive: true }));

describe("the audit file", () => {
  test("keeps the order of lines that come at once", async () => {
    await using sink = createFileSink(path);
    const lines = Array.from({ length: 500 }, (_, i) => JSON.stringify({ seq: i }));
    await Promise.all(lines.map((line) => sink.append(line)));
    expect(await sink.readBack()).toEqual({ lines, problem: null });
    expect((await readFile(path, "utf8")).endsWith("\n")).toBe(true);
  });

  test("that isn't there is empty", async () => {
    expect(await createFileSink(path).readBack()).toEqual({ lines: [], problem: null });
  });

  test("with a last line that broke off is read without it and goes on in a new line", async () => {
    await appendFile(path, '{"seq":1}\n{"seq":2,"ha');
    await using sink = createFileSink(path);
    const { lines, problem } = await sink.readBack();
    expect(lines).toEqual(['{"seq":1}']);
    expect(problem).toContain("broke off");
    await sink.append('{"seq":2}');
    expect((await readFile(path, "utf8")).split("\n")).toEqual([
      '{"seq":1}',
      '{"seq":2,"ha',
      '{"seq":2}',
      "",
    ]);
  });

  test("that can't be written says so each time and recovers", async () => {
    const missing = join(folder, "no", "audit.ndjson");
    await using sink = createFileSink(missing);
    await expect(sink.append("{}")).rejects.toThrow("ENOENT");
    await expect(sink.append("{}")).rejects.toThrow("ENOENT");
  });
});

test("a peer's address is read from the socket", () => {
  expect(peerAddress({ incoming: { socket: { remoteAddress: "::ffff:10.0.0.7" } } })).toBe("10.0.0.7");
  expect(peerAddress({ incoming: { socket: { remoteAddress: "::1" } } })).toBe("::1");
  expect(peerAddress(undefined)).toBeNull();
});
