import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
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

test("lines that come while it is put anew follow the new ones, in order; those before do not", async () => {
  const path = join(folder, "operations.ndjson");
  const store = createOperationsFile(path);
  const before = [store.append("old 1"), store.append("old 2")];
  const replaced = store.replace(["new 1", "new 2"]);
  const meanwhile = [store.append("later 1"), store.append("later 2")];
  await Promise.all([...before, ...meanwhile, replaced]);
  await store.append("later 3");
  await store[Symbol.asyncDispose]();
  const lines = await Array.fromAsync(createOperationsFile(path).readBack());
  expect(lines).toEqual(["new 1", "new 2", "later 1", "later 2", "later 3"]);
});

test("that can't be put anew goes on as it was", async () => {
  const path = join(folder, "operations.ndjson");
  const store = createOperationsFile(path);
  await store.append("old");
  await mkdir(`${path}.new`);
  const replaced = store.replace(["new"]);
  const meanwhile = store.append("later");
  await expect(replaced).rejects.toThrow();
  await meanwhile;
  await store[Symbol.asyncDispose]();
  expect(await Array.fromAsync(createOperationsFile(path).readBack())).toEqual(["old", "later"]);
});

test("killed at any moment, it holds all that was acknowledged", async () => {
  for (let round = 0; round < 25; round++) {
    const path = join(folder, `${round}.ndjson`);
    const { acknowledged, replaced } = await writeUntilKilled(path, round * 3);
    const lines = (await Array.fromAsync(createOperationsFile(path).readBack())).filter(
      (line) => line.startsWith("{") && line.endsWith("}"),
    );
    const newest = Math.max(0, ...lines.map((line) => Number(JSON.parse(line).n)));
    expect(newest, `acknowledged ${acknowledged}, put anew ${replaced} times`).toBeGreaterThanOrEqual(
      acknowledged,
    );
  }
});

/** A process that writes and puts anew all the time, killed so long after its first line. */
async function writeUntilKilled(path: string, afterMs: number) {
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL("./operations-file-writer.fixture.ts", import.meta.url)), path],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  await once(child.stdout, "data");
  await sleep(afterMs);
  child.kill("SIGKILL");
  await once(child, "close");
  const acknowledged = Math.max(
    0,
    ...said
      .split("\n")
      .slice(0, -1)
      .filter((line) => line !== "anew")
      .map(Number),
  );
  return { acknowledged, replaced: said.split("anew").length - 1 };
}
