import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { endWithUs } from "./end-with-us.ts";
import { findProgram } from "./find-program.ts";

const START_DEADLINE_MS = 60_000;

/** Where Caddy is: the env `CADDY`, else the PATH; null where there is none. */
export function findCaddy(env: NodeJS.ProcessEnv = process.env): string | null {
  return env.CADDY || findProgram(["caddy"], env);
}

export interface Caddy extends AsyncDisposable {
  /** Of its own authority, by which what it serves is believed; PEM. */
  certificate: string;
}

export interface StartCaddyOptions {
  /** Site blocks, whose certificates are its own (`tls internal`). */
  sites: string;
  /** Where they listen. */
  port: number;
  /** Where it leads plain http from. */
  httpPort: number;
}

/**
 * Starts a Caddy of one's own, as whoever runs this, with nothing of the machine's settings and nothing left on it.
 *
 * @throws Error with what it printed if it does not come up.
 */
export async function startCaddy({ sites, port, httpPort }: StartCaddyOptions): Promise<Caddy> {
  const binary = findCaddy();
  if (binary === null) throw new Error("Caddy was not found. Install it or name it in CADDY.");
  const folder = await mkdtemp(join(tmpdir(), "spillway-caddy-"));
  const file = join(folder, "Caddyfile");
  const ours = [
    "admin off",
    `https_port ${port}`,
    `http_port ${httpPort}`,
    "default_bind 127.0.0.1",
    "skip_install_trust",
  ];
  await writeFile(file, `{\n${ours.map((line) => `\t${line}\n`).join("")}}\n${sites}`);
  const child = spawn(binary, ["run", "--config", file, "--adapter", "caddyfile"], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { PATH: process.env.PATH, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
  });
  endWithUs(child);
  let printed = "";
  child.stderr.on("data", (part: Buffer) => {
    printed = (printed + part.toString()).slice(-8_000);
  });
  const giveUpAt = Date.now() + START_DEADLINE_MS;
  // That is its last line; the certificate is there before it.
  while (!(printed.includes("serving initial configuration") && printed.includes("certificate obtained"))) {
    if (child.exitCode === null && Date.now() < giveUpAt) await sleep(20);
    else {
      child.kill("SIGKILL");
      throw new Error(`Caddy did not start: ${printed}`);
    }
  }
  return {
    certificate: await readFile(join(folder, "caddy/pki/authorities/local/root.crt"), "utf8"),
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
