import { execFileSync } from "node:child_process";
import { appendFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createAuditFile } from "./audit-file.ts";
import { peerAddress } from "./peer-address.ts";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "spillway-audit-"));
  path = join(folder, "audit.ndjson");
});
afterEach(() => rm(folder, { recursive: true }));

const linesOf = (file: ReturnType<typeof createAuditFile>) => Array.fromAsync(file.readBack?.() ?? []);

describe("the audit file", () => {
  test("keeps the order of lines that come at once", async () => {
    await using file = createAuditFile(path);
    const lines = Array.from({ length: 500 }, (_, i) =>
      JSON.stringify({ seq: i, text: "a\u2028b\u2029c\rd" }),
    );
    await Promise.all(lines.map((line) => file.append([line])));
    expect(await linesOf(file)).toEqual(lines);
    expect((await readFile(path, "utf8")).endsWith("\n")).toBe(true);
  });

  test("that isn't there is empty", async () => {
    expect(await linesOf(createAuditFile(path))).toEqual([]);
  });

  test("with a last line that broke off goes on in a new line", async () => {
    await appendFile(path, '{"seq":1}\n{"seq":2,"ha');
    await using file = createAuditFile(path);
    await file.append(['{"seq":2}']);
    expect((await readFile(path, "utf8")).split("\n")).toEqual([
      '{"seq":1}',
      '{"seq":2,"ha',
      '{"seq":2}',
      "",
    ]);
  });

  test("larger than a text may be read at once is read line by line", async () => {
    const line = "x".repeat(300_000);
    await writeFile(path, `${line}\n${line}ü\n`);
    expect((await linesOf(createAuditFile(path))).map(({ length }) => length)).toEqual([300_000, 300_001]);
  });

  test("that was moved away, as a rotation does, is begun anew", async () => {
    await using file = createAuditFile(path);
    await file.append(["1"]);
    await rename(path, `${path}.1`);
    await file.append(["2"]);
    await rm(path);
    await file.append(["3"]);
    expect([await readFile(`${path}.1`, "utf8"), await readFile(path, "utf8")]).toEqual(["1\n", "3\n"]);
  });

  test("that can't be written says why each time and recovers", async () => {
    await using file = createAuditFile(join(folder, "no", "audit.ndjson"));
    await expect(file.append(["1"])).rejects.toThrow("its folder is gone (ENOENT)");
    await expect(file.append(["1"])).rejects.toThrow("its folder is gone (ENOENT)");
    await mkdir(join(folder, "no"));
    await file.append(["1"]);
    expect(await linesOf(file)).toEqual(["1"]);
  });

  test.skipIf(!mayMount())(
    "on a disk that is full says so, and goes on after it when there is room",
    async () => {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder]);
      try {
        await using file = createAuditFile(path);
        await writeFile(join(folder, "ballast"), "x".repeat(40_000));
        const line = "y".repeat(3_000);
        let written = 0;
        const fill = async () => {
          for (; written < 100; written++) await file.append([`${written} ${line}`]);
        };
        await expect(fill()).rejects.toThrow("the disk is full (ENOSPC)");
        await expect(file.append(["again"])).rejects.toThrow("the disk is full (ENOSPC)");
        await rm(join(folder, "ballast"));
        await file.append([`${written} ${line}`]);
        const numbers = (await linesOf(file))
          .filter((one) => one.length > 3_000)
          .map((one) => one.split(" ")[0]);
        expect(new Set(numbers)).toEqual(new Set(Array.from({ length: written + 1 }, (_, i) => `${i}`)));
      } finally {
        execFileSync("umount", [folder]);
      }
    },
  );
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

test("a peer's address is read from the socket", () => {
  expect(peerAddress({ incoming: { socket: { remoteAddress: "::ffff:10.0.0.7" } } })).toBe("10.0.0.7");
  expect(peerAddress({ incoming: { socket: { remoteAddress: "::1" } } })).toBe("::1");
  expect(peerAddress(undefined)).toBeNull();
});
