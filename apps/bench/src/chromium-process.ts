import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CHROMIUM_FLAGS, endWithUs, findChromium } from "@spillway/testkit/node";

/** A browser of its own, to which several may talk at once. */
export interface ChromiumProcess extends AsyncDisposable {
  /** Where it listens for the DevTools protocol, on this machine. */
  port: number;
}

/** Starts Chromium with nothing in its profile. @throws Error if there is none, or if it ends before it listens. */
export async function startChromium(): Promise<ChromiumProcess> {
  const executable = findChromium();
  if (executable === null) throw new Error("Chromium was not found: install it, or name it in CHROMIUM.");
  const profile = mkdtempSync(join(tmpdir(), "spillway-chromium-"));
  const own = ["--headless", "--remote-debugging-port=0", `--user-data-dir=${profile}`, "about:blank"];
  // A group of its own: Debian's Chromium is a script, whose end alone would leave the browser and its page at work.
  const child = spawn(executable, [...CHROMIUM_FLAGS, ...own], {
    stdio: ["ignore", "ignore", "pipe"],
    detached: true,
  });
  const exited = once(child, "exit");
  const end = () => child.pid !== undefined && child.exitCode === null && process.kill(-child.pid);
  endWithUs(child, end);
  const port = await new Promise<number>((resolve, reject) => {
    let printed = "";
    child.stderr.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
      const found = /DevTools listening on ws:\/\/[^:]+:(\d+)\//.exec(printed)?.[1];
      if (found !== undefined) resolve(Number(found));
    });
    void exited.then(() => reject(new Error(`Chromium ended before it listened: ${printed}`)));
  });
  return {
    port,
    async [Symbol.asyncDispose]() {
      end();
      await exited;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
