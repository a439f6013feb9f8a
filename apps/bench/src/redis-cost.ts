import type { Redis } from "ioredis";

/** What Redis had to do for somebody. */
export interface RedisCost {
  /** Those that scripts run are counted as well. */
  commands: number;
  cpuMs: number;
  /** What went out over its sockets, bytes. */
  sent: number;
}

/** Begins to count; `stop` tells what came since. Whatever else uses this Redis is counted too. */
export async function watchRedisCost(redis: Redis): Promise<{ stop(): Promise<RedisCost> }> {
  const before = await readCost(redis);
  return {
    async stop() {
      const after = await readCost(redis);
      return {
        commands: after.commands - before.commands,
        cpuMs: after.cpuMs - before.cpuMs,
        sent: after.sent - before.sent,
      };
    },
  };
}

async function readCost(redis: Redis): Promise<RedisCost> {
  const text = (await redis.info("stats", "cpu")).replaceAll("\r", "");
  const field = (name: string) => Number(new RegExp(`^${name}:(.*)$`, "m").exec(text)?.[1] ?? Number.NaN);
  return {
    commands: field("total_commands_processed"),
    cpuMs: (field("used_cpu_user") + field("used_cpu_sys")) * 1_000,
    sent: field("total_net_output_bytes"),
  };
}
