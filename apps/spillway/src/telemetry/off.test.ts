import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, it } from "vitest";

const MAIN = join(import.meta.dirname, "../main.ts");
/** Ahead of the process: at its end it tells how many modules it loaded, and how many of them are OpenTelemetry's. */
const COUNT = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from "node:module";
  const loaded = [];
  registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
  process.on("exit", () => {
    const theirs = loaded.filter((url) => url.includes("/@opentelemetry/"));
    process.stdout.write("loaded " + JSON.stringify([loaded.length, theirs.length]) + "\\n");
  });
`)}`;

/** What a process loads until it has answered a request. */
async function loadedBy(args: readonly string[]): Promise<[all: number, theirs: number]> {
  const child = spawn(process.execPath, ["--import", COUNT, MAIN, "--port", "0", ...args], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const exited = once(child, "exit");
  let printed = "";
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
      const found = / is at (\S+)/.exec(printed)?.[1];
      if (found !== undefined) resolve(found);
    });
    void exited.then(() => reject(new Error(`It ended: ${printed}`)));
  });
  expect((await fetch(new URL("api/queues", url))).status).toBe(200);
  child.kill("SIGTERM");
  await once(child.stdout, "end");
  return JSON.parse(/^loaded (.*)$/m.exec(printed)?.[1] ?? "");
}

it("loads nothing of OpenTelemetry unless a collector is named", { timeout: 60_000 }, async () => {
  const [all, theirs] = await loadedBy([]);
  expect(theirs).toBe(0);
  expect(all).toBeGreaterThan(100);
  const [, wanted] = await loadedBy(["--otlp-endpoint", "http://127.0.0.1:1"]);
  expect(wanted).toBeGreaterThan(10);
});
