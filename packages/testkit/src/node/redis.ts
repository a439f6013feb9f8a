import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { endWithUs } from "./end-with-us.ts";

const START_DEADLINE_MS = 60_000;
const STOP_DEADLINE_MS = 3_000;

export interface StartRedisOptions {
  /** More arguments for redis-server, e.g. `["--requirepass", "secret"]`. */
  args?: readonly string[];
  /** The text of a configuration file, which a sentinel needs, as it writes into it. */
  config?: string;
  /** Default: a free port. Needed to bring a server up where nothing listened before. */
  port?: number;
}

/** A redis-server of one's own: empty, in memory, on loopback. */
export interface RedisServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly process: ChildProcess;
  /** Kills it; its port stays known. Harmless when it is down. */
  stop(): Promise<void>;
  /** Starts it again, empty, on the same port. */
  restart(): Promise<void>;
}

/**
 * Where redis-server is: the env `REDIS_SERVER`, else the PATH; null where there is none.
 */
export function findRedisServer(env: NodeJS.ProcessEnv = process.env): string | null {
  if (env.REDIS_SERVER) return env.REDIS_SERVER;
  const candidates = (env.PATH ?? "").split(delimiter).filter(Boolean);
  return candidates.map((folder) => join(folder, "redis-server")).find(isExecutable) ?? null;
}

/** A port nothing listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("The system gave no port.");
  return address.port;
}

const ARGS = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];

/** It is named before all else. */
async function configFile(folder: string, text: string | undefined): Promise<string[]> {
  if (text === undefined) return [];
  const path = join(folder, "redis.conf");
  await writeFile(path, text);
  return [path];
}

/**
 * Starts a redis-server and waits until it answers.
 *
 * @throws Error that says what to install where there is no redis-server, or what the server printed if it fails.
 */
export async function startRedis(options: StartRedisOptions = {}): Promise<RedisServer> {
  const binary = findRedisServer();
  if (binary === null) {
    throw new Error(
      "redis-server was not found. Install it (Debian: apt-get install redis-server; macOS: brew install redis) or name it in REDIS_SERVER.",
    );
  }
  const port = options.port ?? (await freePort());
  const folder = await mkdtemp(join(tmpdir(), "spillway-redis-"));
  const place = ["--port", String(port), "--dir", folder];
  const args = [...(await configFile(folder, options.config)), ...place, ...ARGS, ...(options.args ?? [])];
  const start = () => launch(binary, port, args);
  let child = await start();
  const stop = () => end(child);
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    get process() {
      return child;
    },
    stop,
    async restart() {
      await stop();
      child = await start();
    },
    async [Symbol.asyncDispose]() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function launch(binary: string, port: number, args: readonly string[]): Promise<ChildProcess> {
  const child = spawn(binary, args, { stdio: ["ignore", "pipe", "pipe"] });
  endWithUs(child);
  let printed = "";
  const collect = (chunk: Buffer) => {
    printed = (printed + chunk.toString()).slice(-2_000);
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  let spawnError: Error | null = null;
  child.once("error", (error) => {
    spawnError = error;
  });
  const giveUpAt = Date.now() + START_DEADLINE_MS;
  while (!(await answers(port))) {
    if (spawnError !== null || child.exitCode !== null || Date.now() > giveUpAt) {
      child.kill("SIGKILL");
      throw new Error(`redis-server did not start on port ${port}: ${String(spawnError ?? printed)}`);
    }
    await sleep(20);
  }
  return child;
}

/** Any reply counts, a refusal for lack of a password too. */
async function answers(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    socket.write("PING\r\n");
    const [reply] = await once(socket, "data", { signal: AbortSignal.timeout(1_000) });
    return /^(\+PONG|-NOAUTH|-DENIED)/.test(String(reply));
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), STOP_DEADLINE_MS);
  await exited;
  clearTimeout(late);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
