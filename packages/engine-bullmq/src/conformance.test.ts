import { describeQueueEngine } from "@spillway/engine/conformance";
import { findRedisServer, startRedis } from "@spillway/testkit/node";
import { afterAll } from "vitest";
import { bullmqHarness } from "../test/harness.ts";

if (findRedisServer() === null && !process.env.CI) {
  console.warn(
    "redis-server was not found: the BullMQ engine is not tested. Install it or name it in REDIS_SERVER.",
  );
} else {
  const server = await startRedis();
  afterAll(() => server[Symbol.asyncDispose]());
  describeQueueEngine("BullMQ", bullmqHarness({ host: "127.0.0.1", port: server.port }, { agents: false }));
}
