import { Worker } from "bullmq";
import { Redis } from "ioredis";
import { RUNS_KEY } from "./failing-workers.ts";

/** A worker whose jobs fail at once; it counts each run of each job in Redis, which no console can see or change. */
const [url = "", queue = ""] = process.argv.slice(2);
const connection = () => new Redis(url, { maxRetriesPerRequest: null });
const counting = connection();
const worker = new Worker(
  queue,
  async (job) => {
    await counting.hincrby(RUNS_KEY, `${job.id}`, 1);
    throw new Error("The provider is still down.");
  },
  { connection: connection(), concurrency: 20 },
);
worker.on("error", () => undefined);
await worker.waitUntilReady();
process.send?.("ready");
process.on("disconnect", () => process.exit(0));
