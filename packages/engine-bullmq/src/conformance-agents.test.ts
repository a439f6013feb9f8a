import { describeQueueEngine } from "@spillway/engine/conformance";
import { findRedisServer, startRedis } from "@spillway/testkit/node";
import { afterAll } from "vitest";
import { bullmqHarness } from "../test/harness.ts";

if (findRedisServer() !== null || process.env.CI) {
  const server = await startRedis();
  afterAll(() => server[Symbol.asyncDispose]());
  describeQueueEngine(
    "BullMQ with agents",
    bullmqHarness({ host: "127.0.0.1", port: server.port }, { agents: true }),
  );
}
