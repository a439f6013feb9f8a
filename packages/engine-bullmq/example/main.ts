import { once } from "node:events";
import { parseArgs } from "node:util";
import { startRedis } from "@spillway/testkit/node";
import { startFleet } from "./fleet.ts";

const HELP = `Real BullMQ workers and producers to point Spillway at.

  --redis URL    the Redis to use (or REDIS_URL); without it an own redis-server is started
  --prefix TEXT  BullMQ's key prefix (default: bull)
  --rate N       rounds of traffic per second (default: 2)
`;

const { values } = parseArgs({
  options: {
    redis: { type: "string" },
    prefix: { type: "string", default: "bull" },
    rate: { type: "string", default: "2" },
    help: { type: "boolean", default: false },
  },
});

const rate = Number(values.rate);
if (values.help) {
  process.stdout.write(HELP);
} else if (!Number.isFinite(rate) || rate < 0 || rate > 1_000) {
  process.stderr.write("--rate wants a number from 0 to 1000\n");
  process.exitCode = 78;
} else {
  await run(values.redis ?? process.env.REDIS_URL, values.prefix, rate);
}

async function run(given: string | undefined, prefix: string, perSecond: number): Promise<void> {
  await using own = given === undefined ? await startRedis() : null;
  const url = given ?? own?.url ?? "";
  const stopped = Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  await using _fleet = await startFleet({ url, prefix, rate: perSecond, agent: true });
  const flag = prefix === "bull" ? "" : ` --prefix ${prefix}`;
  process.stdout.write(
    `Workers and producers run on ${url.replace(/:\/\/[^@]*@/, "://")} until Ctrl-C.\n` +
      `Look at them with:\n\n  npx -y pnpm@12 start --engine bullmq --redis ${url.replace(/:\/\/[^@]*@/, "://USER:PASSWORD@")}${flag}\n\n`,
  );
  await stopped;
  process.stdout.write("Stopping.\n");
}
