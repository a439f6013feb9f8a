import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const MAIN = join(import.meta.dirname, "../main.ts");

/** Where the test run keeps what it compiled: each start would do it again. */
const { NODE_COMPILE_CACHE: cache } = process.env;
const compiled = cache === undefined ? {} : { NODE_COMPILE_CACHE: cache };

/** A folder for one test, gone afterwards. */
export function tempFolder() {
  const path = mkdtempSync(join(tmpdir(), "spillway-access-"));
  return {
    file: (name: string) => join(path, name),
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** Runs the command line until it ends, `input` on its standard input. */
export function spillway(args: readonly string[], input = "", env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    input,
    env: { PATH: process.env.PATH ?? "", ...compiled, ...env },
    encoding: "utf8",
    maxBuffer: 50 * 2 ** 20,
    timeout: 30_000,
  });
  return { status, stdout, stderr };
}

const JSON_WRITE = { "Content-Type": "application/json", "X-Spillway-Request": "1" };

/** Logs in as a page would, and gives the cookie. */
export async function logIn(url: string, user: string, password: string): Promise<Response> {
  return fetch(`${url}/api/session/login`, {
    method: "POST",
    headers: { ...JSON_WRITE, Origin: new URL(url).origin },
    body: JSON.stringify({ user, password }),
  });
}

export const cookieOf = (reply: Response): string =>
  (reply.headers.get("Set-Cookie") ?? "").split(";", 1)[0] ?? "";
