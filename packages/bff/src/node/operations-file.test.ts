import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createOperationsFile } from "./operations-file.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "spillway-"));
});
afterEach(() => rm(folder, { recursive: true }));

test("a file that is not there has no lines, and then those that were appended", async () => {
  const path = join(folder, "operations.ndjson");
  const store = createOperationsFile(path);
  expect(await Array.fromAsync(store.readBack())).toEqual([]);
  await Promise.all([store.append("a"), store.append("b")]);
  await store[Symbol.asyncDispose]();
  expect(await Array.fromAsync(createOperationsFile(path).readBack())).toEqual(["a", "b"]);
});

test("replaced, only the new lines are there, and more follow on a line of their own", async () => {
  const path = join(folder, "operations.ndjson");
  await writeFile(path, 'old\n{"bro');
  const store = createOperationsFile(path);
  expect(await Array.fromAsync(store.readBack())).toEqual(["old", '{"bro']);
  await store.replace(["x".repeat(3_000_000), "new"]);
  await store.append("later");
  await store[Symbol.asyncDispose]();
  expect((await readFile(path, "utf8")).split("\n").slice(1)).toEqual(["new", "later", ""]);
});
