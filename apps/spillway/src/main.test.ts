import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

function spillway(args: string[], env: Record<string, string> = {}) {
  return spawnSync(process.execPath, [join(import.meta.dirname, "main.ts"), ...args], {
    env: { PATH: process.env.PATH ?? "", ...env },
    encoding: "utf8",
  });
}

describe("the process", () => {
  it.each([
    [["--port", "http"], {}, "--port must be a whole number from 0 to 65535"],
    [["--scenarios", "healthy"], {}, "Did you mean --scenario?"],
    [[], { SPILLWAY_ENGINE: "kafka" }, "SPILLWAY_ENGINE must be one of embedded, bullmq"],
    [["--host", "0.0.0.0"], {}, "--host 0.0.0.0 would let anyone on the network act"],
    [["--engine", "embedded", "--redis", "redis://127.0.0.1"], {}, "--redis needs --engine bullmq"],
    [["--config", "/nowhere.json"], {}, "/nowhere.json: ENOENT"],
  ])("ends with 78 and one line for %j %j", (args, env, message) => {
    const { status, stderr, stdout } = spillway(args, env);
    expect([status, stdout, stderr.split("\n").length]).toEqual([78, "", 2]);
    expect(stderr).toContain(message);
  });

  it("attack 14: says nothing that steers a terminal, whatever it was given", () => {
    for (const args of [
      ["audit", "verify", "/no\u001b[2J\u009b1m\nwhere"],
      ["--config", "/no\u001b]0;x\u0007"],
      ["\u001b[2J"],
    ]) {
      const { stdout, stderr } = spillway(args);
      expect(stdout + stderr.trimEnd()).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(stderr).not.toBe("");
    }
  });

  it("prints help and version on stdout", () => {
    expect(spillway(["--help"])).toMatchObject({
      status: 0,
      stderr: "",
      stdout: expect.stringContaining("--port"),
    });
    expect(spillway(["--", "--version"])).toMatchObject({ status: 0, stdout: "0.1.0\n" });
  });
});
