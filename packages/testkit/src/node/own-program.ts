import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { endWithUs } from "./end-with-us.ts";

const START_DEADLINE_MS = 60_000;
/** Of what it prints, so much is kept: characters. */
const MOST_PRINTED = 8_000;

export interface OwnProgramOptions {
  /** What it is called where it does not start. */
  name: string;
  args: readonly string[];
  env?: NodeJS.ProcessEnv;
  /** Goes with it. */
  folder: string;
  /** Whether it is up, by what it printed so far. */
  isUp: (printed: string) => boolean | Promise<boolean>;
}

/**
 * Starts a program that stays in the foreground and tells on its standard error, and waits until it is up.
 *
 * @throws Error with what it printed if it does not come up.
 */
export async function startOwnProgram(binary: string, options: OwnProgramOptions): Promise<AsyncDisposable> {
  const { name, args, env = process.env, folder, isUp } = options;
  const child = spawn(binary, args, { stdio: ["ignore", "ignore", "pipe"], env });
  endWithUs(child);
  let printed = "";
  child.stderr.on("data", (part: Buffer) => {
    printed = (printed + part.toString()).slice(-MOST_PRINTED);
  });
  const giveUpAt = Date.now() + START_DEADLINE_MS;
  while (!(await isUp(printed))) {
    if (child.exitCode === null && Date.now() < giveUpAt) await sleep(20);
    else {
      child.kill("SIGKILL");
      throw new Error(`${name} did not start: ${printed}`);
    }
  }
  return {
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null) {
        const exited = once(child, "exit");
        child.kill("SIGTERM");
        await exited;
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}
