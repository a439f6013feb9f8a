import { fork } from "node:child_process";
import { join } from "node:path";
import type { Filled, FillPlan } from "../src/audit-process.ts";
import { atMost, exactly, type Report, type Torture, told } from "../src/torture.ts";

/** As many as are kept unless somebody says otherwise. */
const CAPACITY = 10_000;
const MB = 2 ** 20;

export const torture: Torture = {
  title: "The audit in memory after 1,000,000 records",
  run: (say) => fillUp({ records: 1_000_000, capacity: CAPACITY }, say),
};

/** Acts far more often than records are kept, then looks at what is held, and at the memory of the process. */
export async function fillUp(plan: FillPlan, say: (line: string) => void): Promise<Report> {
  const { heap, rss, made, held, evicted, isConsistent, open, isExportIntact, perSecond } = await fill(
    plan,
    say,
  );
  return {
    figures: [
      atMost(
        "live heap at the end above what it was when first full",
        (heap.last - heap.first) / MB,
        16,
        "MB",
      ),
      told("live heap when first full, and at the end", `${megabytes(heap.first)}, ${megabytes(heap.last)}`),
      atMost(
        "memory at its highest above what it was after a tenth of the records",
        (rss.most - rss.settled) / MB,
        32,
        "MB",
      ),
      told("memory after a tenth, and at the end", `${megabytes(rss.settled)}, ${megabytes(rss.last)}`),
      atMost("records held", held, plan.capacity, ""),
      exactly("records neither held nor counted as evicted", made - evicted - held, 0),
      told("records made: asked for, and others", `${plan.records}, ${made - plan.records}`),
      exactly("open intents that were evicted", open.filter((status) => status !== "pending").length, 0),
      exactly("misfits in the chain that is held", isConsistent ? 0 : 1, 0),
      exactly("misfits in an export of all that is held", isExportIntact ? 0 : 1, 0),
      told("records per second", perSecond.toFixed(0)),
    ],
    notes: [
      "A whole BFF on the embedded engine in a process of its own, sampled every 5 s, asked without a socket between, 16 requests under way, each an attempt on a job that is not there: an intent and an outcome.",
      "How many were made is counted by a sink that keeps nothing; others are those of the work left open and the console's own.",
      `Before them ${open.length} operations on many jobs were begun and paused, so that their intents are open from the first record to the last.`,
      `“First full” is after ${plan.capacity * 2} records, when as many as are kept had been evicted once. Live is what a full garbage collection leaves.`,
      "Resident memory is compared from a tenth on: until then the collector still chooses how much room to take for what is dead.",
    ],
  };
}

async function fill(plan: FillPlan, say: (line: string) => void): Promise<Filled> {
  const program = join(import.meta.dirname, "../src/audit-process.ts");
  const child = fork(program, [JSON.stringify(plan)], { execArgv: ["--expose-gc"] });
  const { promise, resolve, reject } = Promise.withResolvers<Filled>();
  child.on("message", (message: { said: string } | { filled: Filled }) => {
    if ("said" in message) say(message.said);
    else resolve(message.filled);
  });
  child.on("exit", () => reject(new Error("It ended before it was done.")));
  return promise;
}

const megabytes = (bytes: number): string => `${(bytes / MB).toFixed(0)} MB`;
