import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Server, startServer } from "./server.ts";

const SPILLWAY = join(import.meta.dirname, "../../spillway");

/** `BENCH_BUNDLE=1` takes the built process, as it ships; else the sources, which need no build. */
const main = (): string => join(SPILLWAY, process.env.BENCH_BUNDLE ? "dist/spillway.js" : "src/main.ts");

/** As `pnpm start` starts it: what lives briefly takes no more room than it needs, see its README. */
const FLAGS = ["--max-semi-space-size=4", "--heap-growing-percent=25"];

/** The console that ships, in a process of its own. */
export interface Console extends Server {
  /** Reads from its API. @throws Error on any reply but a 2xx. */
  get<T>(path: string): Promise<T>;
  /** Asks it to do something. @throws Error on any reply but a 2xx. */
  post<T>(path: string, body: unknown): Promise<T>;
}

/** One that looks at a Redis. */
export function startConsole(
  redisUrl: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Console> {
  return startProcess(["--engine", "bullmq", "--redis", redisUrl, ...args], env);
}

/** One with these arguments, on a free port. */
export async function startProcess(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Console> {
  const server = await startServer(main(), ["--port", "0", ...args], {
    // One client stands for all there are.
    env: { SPILLWAY_LIMITS: "off", ...env },
    flags: FLAGS,
  });
  const ask = async (path: string, init?: RequestInit) => {
    const reply = await fetch(new URL(path, server.url), init);
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
    return reply.json();
  };
  return {
    ...server,
    get: (path) => ask(path),
    post: (path, body) =>
      ask(path, {
        method: "POST",
        headers: { "content-type": "application/json", "x-spillway-request": "1" },
        body: JSON.stringify(body),
      }),
  };
}

/** Until it has found a queue: that takes a while among millions of keys, and Redis may be slow to answer until then. */
export async function knows(console: Console, queue: string): Promise<void> {
  const path = `api/queues/${queue}`;
  const isKnown = () =>
    console.get(path).then(
      () => true,
      () => false,
    );
  while (!(await isKnown())) await sleep(500);
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
