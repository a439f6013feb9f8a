import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Operation, OperationList } from "@spillway/contract/schemas";
import { startRedis } from "@spillway/testkit/node";
import { Redis } from "ioredis";
import { type Console, knows, startConsole } from "../src/console.ts";
import { seedFailed } from "../src/failed-jobs.ts";
import { idle, runs, runsSince, startFailingWorkers } from "../src/failing-workers.ts";
import { begin, ended } from "../src/retry-all.ts";
import { exactly, type Report, type Torture, told } from "../src/torture.ts";

const QUEUE = "billing";
/** How long it may go on with an operation it took up: short enough for several kills while one lasts. Ms. */
const LONGEST_LIFE_MS = 500;

export const torture: Torture = {
  title: "The console killed 200 times while it retries jobs beside workers that fail at once",
  run: (say) => killed({ jobs: 5_000, kills: 200 }, say),
};

/**
 * Retries all failed jobs in rounds; kills the console (`SIGKILL`) at random moments from the request on and starts it
 * anew on its files, until so many kills have happened. Workers count what they run.
 */
export async function killed(
  size: { jobs: number; kills: number },
  say: (line: string) => void,
): Promise<Report> {
  const scene = await createScene(size.jobs);
  await using _ = scene;
  const calm = await round(scene, 0);
  say(`without a kill: ${calm.succeeded} retried, ${calm.doubled} twice`);
  const rounds: Round[] = [];
  for (let left = size.kills; left > 0; left -= rounds.at(-1)?.kills ?? 0) {
    rounds.push(await round(scene, left));
    say(`${size.kills - left + (rounds.at(-1)?.kills ?? 0)} kills, ${JSON.stringify(rounds.at(-1))}`);
  }
  const sum = (of: (one: Round) => number) => rounds.reduce((total, one) => total + of(one), 0);
  return {
    figures: [
      exactly("without a kill: jobs retried", calm.succeeded, size.jobs),
      exactly("without a kill: jobs run twice", calm.doubled, 0),
      exactly(
        "kills",
        sum(({ kills }) => kills),
        size.kills,
      ),
      exactly(
        "jobs run twice",
        sum(({ doubled }) => doubled),
        0,
      ),
      exactly(
        "jobs not run",
        sum(({ lost }) => lost),
        0,
      ),
      exactly(
        "jobs whose outcome is not what the workers counted",
        sum(({ wrong }) => wrong),
        0,
      ),
      told(
        "operations, and those that were not accepted before a kill",
        `${rounds.length}, ${sum((one) => one.refused)}`,
      ),
      told("jobs retried", `${sum(({ succeeded }) => succeeded)}`),
    ],
    notes: [
      "Three worker processes fail each job at once, so that it is failed again while the operation still goes on: whoever retries by what is failed now retries it twice.",
      "The console runs with `--operations-file` and `--audit-file`; nothing else is kept from one process to the next.",
    ],
  };
}

interface Scene extends AsyncDisposable {
  redis: Redis;
  jobs: number;
  /** How long a request takes to be accepted here, ms: kills are spread over twice that, so that half come after it. */
  acceptedAfterMs: number;
  start(): Promise<Console>;
}

async function createScene(jobs: number): Promise<Scene> {
  await using making = new AsyncDisposableStack();
  const server = making.use(await startRedis());
  const redis = making.adopt(new Redis(server.url, { maxRetriesPerRequest: null }), (one) =>
    one.disconnect(),
  );
  const folder = making.adopt(await mkdtemp(join(tmpdir(), "spillway-kills-")), (path) =>
    rm(path, { recursive: true }),
  );
  await seedFailed(redis, QUEUE, jobs, Date.now() - 60_000);
  making.use(await startFailingWorkers(server.url, QUEUE, 3));
  const flags = ["--operations-file", join(folder, "operations"), "--audit-file", join(folder, "audit")];
  const stack = making.move();
  return {
    redis,
    jobs,
    acceptedAfterMs: LONGEST_LIFE_MS,
    async start() {
      const console = await startConsole(server.url, flags);
      await knows(console, QUEUE);
      return console;
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

interface Round {
  kills: number;
  /** Requests that a kill left without an operation. */
  refused: number;
  succeeded: number;
  doubled: number;
  lost: number;
  wrong: number;
}

/** All failed jobs retried once, with so many kills at most. */
async function round(scene: Scene, mostKills: number): Promise<Round> {
  const { redis, jobs, start } = scene;
  const before = await runs(redis);
  let kills = 0;
  let refused = 0;
  let id: string | null = null;
  for (;;) {
    const console = await start();
    await using _ = console;
    const known: ReadonlySet<string> = new Set(await operationsOf(console));
    const work = id === null ? request(scene, console) : ended(console, id);
    work.catch(() => undefined);
    const longest = id === null ? 2 * scene.acceptedAfterMs : LONGEST_LIFE_MS;
    const operation = await Promise.race([kills < mostKills ? life(longest) : NEVER, work]);
    if (operation !== null) {
      await idle(redis, QUEUE);
      return { kills, refused, ...judge(operation, await runsSince(redis, before), jobs) };
    }
    await console.kill();
    kills++;
    if (id !== null) continue;
    // Whether it was accepted is for the next process to tell.
    const next = await start();
    await using __ = next;
    id = (await operationsOf(next)).find((one) => !known.has(one)) ?? null;
    if (id === null) refused++;
  }
}

const NEVER = new Promise<null>(() => {});
const life = (longestMs: number): Promise<null> => sleep(Math.random() * longestMs).then(() => null);

/** Asks for all failed jobs to be retried, and waits until that has ended. */
async function request(scene: Scene, console: Console): Promise<Operation> {
  const from = performance.now();
  const id = await begin(console, QUEUE);
  scene.acceptedAfterMs = performance.now() - from;
  return ended(console, id);
}

async function operationsOf(console: Console): Promise<string[]> {
  const { items } = await console.get<OperationList>("api/operations?size=100");
  return items.map((operation) => operation.id);
}

function judge(operation: Operation, counted: ReadonlyMap<string, number>, jobs: number) {
  const times = [...counted.values()];
  const doubled = times.filter((count) => count > 1).length;
  const once = times.filter((count) => count === 1).length;
  return {
    succeeded: operation.succeeded,
    doubled,
    lost: jobs - doubled - once,
    wrong: Math.abs(operation.succeeded - doubled - once),
  };
}
