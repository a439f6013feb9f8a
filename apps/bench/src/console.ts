import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const MAIN = join(import.meta.dirname, "../../spillway/src/main.ts");

/** The console that ships, in a process of its own. */
export interface Console extends AsyncDisposable {
  pid: number;
  url: string;
  /** Reads from its API. @throws Error on any reply but 200. */
  get<T>(path: string): Promise<T>;
  /** Its resident memory, bytes; null where the system does not tell. */
  rss(): number | null;
  /** Ends it as a power cut would; resolves when it is gone. */
  kill(): Promise<void>;
}

/** One that looks at a Redis. */
export function startConsole(redisUrl: string, args: readonly string[] = []): Promise<Console> {
  return startProcess(["--engine", "bullmq", "--redis", redisUrl, ...args]);
}

/** One with these arguments, on a free port. */
export async function startProcess(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Console> {
  const child = spawn(process.execPath, [MAIN, "--port", "0", ...args], {
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...process.env, ...env },
  });
  const exited = once(child, "exit");
  const url = await new Promise<string>((resolve, reject) => {
    let printed = "";
    child.stdout.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
      const found = /Spillway is at (\S+)/.exec(printed)?.[1];
      if (found !== undefined) resolve(found);
    });
    void exited.then(() => reject(new Error("The console ended before it listened.")));
  });
  const pid = child.pid ?? 0;
  return {
    pid,
    url,
    async get(path) {
      const reply = await fetch(new URL(path, url));
      if (reply.status !== 200) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
      return reply.json();
    },
    rss: () => rssOf(pid),
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await exited;
    },
  };
}

function rssOf(pid: number): number | null {
  try {
    const kB = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kB === undefined ? null : Number(kB) * 1024;
  } catch {
    return null;
  }
}

/** Watches how far the memory of a process rises above what it was; `stop` tells, in bytes. */
export function watchRise(rss: () => number | null): { stop(): number | null } {
  const before = rss();
  let most = before;
  const look = () => {
    const now = rss();
    if (now !== null && most !== null) most = Math.max(most, now);
  };
  const timer = setInterval(look, 25);
  return {
    stop() {
      clearInterval(timer);
      look();
      return before === null || most === null ? null : most - before;
    },
  };
}
