import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startRedis } from "@spillway/testkit/node";
import { Redis } from "ioredis";
import { createActor } from "../src/act.ts";
import { type FiledRecord, readAuditFile } from "../src/audit-file.ts";
import { startConsole } from "../src/console.ts";
import { seedFailed } from "../src/failed-jobs.ts";
import { seeded } from "../src/seeded.ts";
import { exactly, type Report, type Torture, told } from "../src/torture.ts";

const QUEUE = "billing";
const AT_ONCE = 8;
/** Of the actions, so many ask for a job that does not exist: what fails is on record too. */
const NOWHERE = 0.05;

export const torture: Torture = {
  title: "The audit of 10,000 actions while the console is killed at random",
  run: (say) => killAtRandom({ actions: 10_000, kills: 100, seed: 1 }, say),
};

interface Plan {
  actions: number;
  kills: number;
  seed: number;
}

/** What somebody asked for, and what they heard. */
interface Asked {
  jobId: string;
  action: "retry" | "remove";
  /** Null: the console died before it answered. */
  answer: { status: number; auditId: string | null } | null;
}

/**
 * Acts on jobs, each at most once, while the console is killed and started again; then compares the audit file with what
 * Redis says happened, and with what was answered.
 */
export async function killAtRandom(plan: Plan, say: (line: string) => void): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), "spillway-torture-"));
  const file = join(folder, "audit.ndjson");
  try {
    await using server = await startRedis();
    const redis = new Redis(server.url, { maxRetriesPerRequest: null });
    await seedFailed(redis, QUEUE, plan.actions, Date.now() - 60_000);
    const asked = await actAndKill(plan, { redisUrl: server.url, file }, say);
    // One more start closes what the last kill left open.
    await (await startConsole(server.url, ["--audit-file", file]))[Symbol.asyncDispose]();
    const happened = await effectsOf(redis, asked);
    redis.disconnect();
    return await compare(plan, asked, happened, file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function actAndKill(
  { actions, kills, seed }: Plan,
  { redisUrl, file }: { redisUrl: string; file: string },
  say: (line: string) => void,
): Promise<Asked[]> {
  const random = seeded(seed);
  const asked: Asked[] = [];
  for (let life = 0; life <= kills; life++) {
    const console = await startConsole(redisUrl, ["--audit-file", file, "--audit-required"]);
    using actor = createActor(console.url, AT_ONCE);
    const isLast = life === kills;
    const upTo = isLast ? actions : Math.round(((life + random()) / kills) * actions);
    let isKilled = false;
    const lane = async () => {
      while (asked.length < upTo && !isKilled) {
        const one: Asked = {
          jobId: `${asked.length + 1}`,
          action: random() < 0.5 ? "retry" : "remove",
          answer: null,
        };
        if (random() < NOWHERE) one.jobId = `none-${one.jobId}`;
        asked.push(one);
        one.answer = await actor.act(`queues/${QUEUE}/jobs/${one.jobId}/${one.action}`);
      }
    };
    const lanes = Promise.all(Array.from({ length: AT_ONCE }, lane));
    if (!isLast) {
      // In the middle of what the last of them set off: before the intent, the effect, the outcome or the answer.
      while (asked.length < upTo) await sleep(1);
      await sleep(random() * 6);
      isKilled = true;
      await console.kill();
    }
    await lanes;
    await console[Symbol.asyncDispose]();
    if (life % 10 === 9) say(`${life + 1} lives, ${asked.length} actions`);
  }
  return asked;
}

/** What became of each job, by Redis alone: `retry` and `remove` leave different traces; null: nothing happened. */
async function effectsOf(redis: Redis, asked: readonly Asked[]): Promise<Map<string, Asked["action"]>> {
  const effects = new Map<string, Asked["action"]>();
  for (const { jobId } of asked) {
    if (jobId.startsWith("none-")) continue;
    if ((await redis.zscore(`bull:${QUEUE}:failed`, jobId)) !== null) continue;
    effects.set(jobId, (await redis.exists(`bull:${QUEUE}:${jobId}`)) === 1 ? "retry" : "remove");
  }
  return effects;
}

async function compare(
  { actions, kills }: Plan,
  asked: readonly Asked[],
  happened: ReadonlyMap<string, Asked["action"]>,
  file: string,
): Promise<Report> {
  const { records, verdict } = await readAuditFile(file);
  const byJob = new Map<string, FiledRecord>();
  let twice = 0;
  for (const record of records.values()) {
    if (record.jobId === null) continue;
    if (byJob.has(record.jobId)) twice++;
    byJob.set(record.jobId, record);
  }
  const count = (test: (one: Asked, record: FiledRecord | undefined) => boolean) =>
    asked.filter((one) => test(one, byJob.get(one.jobId))).length;
  const did = ({ jobId, action }: Asked) => happened.get(jobId) === action;
  const all = [...records.values()];
  return {
    figures: [
      exactly("actions asked for", asked.length, actions),
      exactly(
        "effects without an intent in the file",
        count((one, record) => happened.has(one.jobId) && record?.action !== `job.${one.action}`),
        0,
      ),
      exactly(
        "answers whose record is not in the file",
        count(({ answer }) => answer !== null && !records.has(answer.auditId ?? "")),
        0,
      ),
      exactly("intents without an outcome", all.filter(({ status }) => status === "pending").length, 0),
      exactly(
        "records of success without an effect",
        count((one, record) => record?.status === "success" && !did(one)),
        0,
      ),
      exactly(
        "records of failure with an effect",
        count((one, record) => record?.status === "failed" && did(one)),
        0,
      ),
      exactly(
        "answers of success whose record says otherwise",
        count(
          ({ answer }) => answer?.status === 200 && records.get(answer.auditId ?? "")?.status !== "success",
        ),
        0,
      ),
      exactly("jobs with two records", twice, 0),
      exactly("misfits in the chain", verdict.bad === null ? 0 : 1, 0),
      told(
        "kills, effects, answers, left unknown as interrupted",
        [
          kills,
          happened.size,
          count(({ answer }) => answer !== null),
          all.filter(({ code }) => code === "interrupted").length,
        ].join(", "),
      ),
      told("records and entries in the file", `${verdict.records}, ${verdict.entries}`),
    ],
    notes: [
      "The console is the process that ships with `--audit-file` and `--audit-required` on a real Redis; SIGKILL at a random moment, 8 actions under way.",
      "Each job is asked for once, to be retried or removed; which of them happened is read from Redis without the console. One in 20 asks for a job that is not there.",
      `The file was verified as \`spillway audit verify\` does: ${verdict.bad === null ? "intact" : `line ${verdict.bad.line}: ${verdict.bad.why}`}.`,
    ],
  };
}
