import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findProgram } from "./find-program.ts";
import { startOwnProgram } from "./own-program.ts";

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
  const program = await startOwnProgram(binary, {
    name: "Caddy",
    args: ["run", "--config", file, "--adapter", "caddyfile"],
    env: { PATH: process.env.PATH, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
    folder,
    // That is its last line; the certificate is there before it.
    isUp: (printed) =>
      printed.includes("serving initial configuration") && printed.includes("certificate obtained"),
  });
  return {
    certificate: await readFile(join(folder, "caddy/pki/authorities/local/root.crt"), "utf8"),
    [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
  };
}
