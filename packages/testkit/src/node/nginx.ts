import { once } from "node:events";
import { mkdtemp, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findProgram } from "./find-program.ts";
import { startOwnProgram } from "./own-program.ts";

/** Where nginx is: the env `NGINX`, else the PATH or where Debian puts it; null where there is none. */
export function findNginx(env: NodeJS.ProcessEnv = process.env): string | null {
  return env.NGINX || findProgram(["nginx"], { PATH: `${env.PATH ?? ""}:/usr/sbin` });
}

export interface StartNginxOptions {
  /** What stands within `http { … }`: server blocks as in a file of `sites-enabled`. All other settings are nginx's own. */
  sites: string;
  /** One that the sites listen on, to know when it is up. */
  port: number;
}

/**
 * Starts an nginx of one's own, as whoever runs this, with nothing of the machine's settings.
 *
 * @throws Error with what it printed if it does not come up.
 */
export async function startNginx({ sites, port }: StartNginxOptions): Promise<AsyncDisposable> {
  const binary = findNginx();
  if (binary === null) throw new Error("nginx was not found. Install it or name it in NGINX.");
  const folder = await mkdtemp(join(tmpdir(), "spillway-nginx-"));
  const temp = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (kind) => `${kind}_temp_path ${folder}/${kind};`,
  );
  const file = join(folder, "nginx.conf");
  const main = [`pid ${folder}/pid;`, "daemon off;", "error_log stderr;", "worker_processes 1;", "events {}"];
  await writeFile(file, `${main.join("\n")}\nhttp {\naccess_log off;\n${temp.join("\n")}\n${sites}\n}\n`);
  const args = ["-c", file, "-p", folder, "-e", "stderr"];
  return startOwnProgram(binary, { name: "nginx", args, folder, isUp: () => accepts(port) });
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
