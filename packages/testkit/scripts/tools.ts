import { spawnSync } from "node:child_process";
import { findChromium, findNginx, findProgram, findRedisServer } from "../src/node/index.ts";

/** A program the tests need. */
export interface Tool {
  name: string;
  /** The environment variable that names it. */
  env: string;
  /** Debian's packages that bring it, the best first. */
  debian: readonly string[];
  find(): string | null;
}

export const TOOLS: readonly Tool[] = [
  { name: "redis-server", env: "REDIS_SERVER", debian: ["redis-server"], find: () => findRedisServer() },
  {
    name: "Chromium",
    env: "CHROMIUM",
    debian: ["chromium-headless-shell", "chromium"],
    find: () => findChromium(),
  },
  { name: "nginx", env: "NGINX", debian: ["nginx-light", "nginx"], find: () => findNginx() },
];

/** Finds the tools, installing what is missing where this is Debian and we are root. Returns those still missing. */
export function provideTools(say: (line: string) => void): readonly Tool[] {
  const missing = TOOLS.filter((tool) => tool.find() === null);
  if (missing.length > 0 && canInstall()) {
    say(`Installing ${missing.map((tool) => tool.name).join(" and ")} with apt.`);
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    const apt = (...args: string[]) =>
      spawnSync("apt-get", args, { stdio: ["ignore", "ignore", "inherit"], env });
    apt("update");
    for (const { debian } of missing)
      debian.some((name) => apt("install", "--yes", "--no-install-recommends", name).status === 0);
  }
  const still = TOOLS.filter((tool) => tool.find() === null);
  for (const tool of still) {
    say(
      `${tool.name} was not found. Install it (Debian: apt-get install ${tool.debian[0]}) or name it in ${tool.env}.`,
    );
  }
  return still;
}

function canInstall(): boolean {
  return process.getuid?.() === 0 && findProgram(["apt-get"]) !== null;
}
