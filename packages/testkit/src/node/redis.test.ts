import { describe, expect, it } from "vitest";
import { findRedisServer, startRedis } from "./redis.ts";

describe("startRedis", () => {
  it("names REDIS_SERVER before the PATH, and null where there is none", () => {
    expect(findRedisServer({ REDIS_SERVER: "/opt/redis-server", PATH: "/usr/bin" })).toBe(
      "/opt/redis-server",
    );
    expect(findRedisServer({ PATH: "/nowhere" })).toBeNull();
  });

  it.skipIf(findRedisServer() === null)("starts, stops and restarts on one port", async () => {
    await using redis = await startRedis();
    expect(redis.url).toBe(`redis://127.0.0.1:${redis.port}`);
    const first = redis.process.pid;
    await redis.stop();
    await redis.stop();
    await redis.restart();
    expect(redis.process.pid).not.toBe(first);
    expect(redis.process.exitCode).toBeNull();
  });

  it.skipIf(findRedisServer() === null)("tells what the server said when it can't start", async () => {
    await expect(startRedis({ args: ["--no-such-setting", "1"] })).rejects.toThrow(/did not start/);
  });
});
