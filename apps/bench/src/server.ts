import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { endWithUs } from "@spillway/testkit/node";

/** Without its types: what strips them would count as memory of whoever is measured. */
const LOOP_WATCH = `data:text/javascript,${encodeURIComponent(
  stripTypeScriptTypes(readFileSync(join(import.meta.dirname, "loop-watch.ts"), "utf8")),
)}`;

/** How late an event loop was, ms. */
export interface LoopDelay {
  p99: number;
  worst: number;
}

/** A server that is measured, in a process of its own. */
export interface Server extends AsyncDisposable {
  pid: number;
  url: string;
  /** Its resident memory, bytes; null where the system does not tell. */
  rss(): number | null;
  /** What it used of the processors since it began, ms; null where the system does not tell. */
  cpu(): number | null;
  /** How late its event loop was since this was asked last. */
  loopDelay(): Promise<LoopDelay>;
  /** Ends it at once, as a machine that fails would. */
  kill(): Promise<void>;
}

/** What a process is started with beside its arguments. */
export interface Surroundings {
  env?: Readonly<Record<string, string>>;
  /** Flags of Node. */
  flags?: readonly string[];
}

/** Starts a script that prints where it listens as `… is at URL`. @throws Error if it ends before that. */
export async function startServer(
  script: string,
  args: readonly string[],
  { env = {}, flags = [] }: Surroundings = {},
): Promise<Server> {
  const child = spawn(process.execPath, [...flags, "--import", LOOP_WATCH, script, ...args], {
    stdio: ["ignore", "pipe", "ignore", "ipc"],
    env: { ...process.env, ...env },
  });
  endWithUs(child);
  const exited = once(child, "exit");
  const url = await new Promise<string>((resolve, reject) => {
    let printed = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
      const found = / is at (\S+)/.exec(printed)?.[1];
      if (found !== undefined) resolve(found);
    });
    void exited.then(() => reject(new Error(`${script} ended before it listened.`)));
  });
  const pid = child.pid ?? 0;
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await exited;
  };
  return {
    pid,
    url,
    rss: () => rssOf(pid),
    cpu: () => cpuOf(pid),
    async loopDelay() {
      const answer = once(child, "message");
      child.send("delay");
      const [delay]: LoopDelay[] = await answer;
      return delay ?? { p99: Number.NaN, worst: Number.NaN };
    },
    kill: () => end("SIGKILL"),
    [Symbol.asyncDispose]: () => end("SIGTERM"),
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

/** The system counts in hundredths of a second. */
function cpuOf(pid: number): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ");
    return fields === undefined ? null : (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return null;
  }
}
