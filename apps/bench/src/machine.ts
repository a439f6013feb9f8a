import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism, loadavg, totalmem } from "node:os";
import { join } from "node:path";
import { findRedisServer } from "@spillway/testkit/node";

/** What the figures depend on: nothing that names the machine. */
export function machineLine(): string {
  const [load = 0] = loadavg();
  return [
    `${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GB, load ${load.toFixed(1)} at the start`,
    `Node ${process.versions.node}`,
    `redis-server ${redisVersion()}`,
    `bullmq ${versionOf("bullmq")}`,
    `ioredis ${versionOf("ioredis")}`,
  ].join(" · ");
}

function redisVersion(): string {
  const binary = findRedisServer();
  const told = binary === null ? "" : spawnSync(binary, ["--version"], { encoding: "utf8" }).stdout;
  return /v=(\S+)/.exec(told)?.[1] ?? "unknown";
}

/** As the workspace pins it. */
function versionOf(name: string): string {
  const workspace = readFileSync(join(import.meta.dirname, "../../../pnpm-workspace.yaml"), "utf8");
  return new RegExp(`^  ${name}: (\\S+)$`, "m").exec(workspace)?.[1] ?? "unknown";
}
