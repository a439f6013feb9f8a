import { join } from "node:path";
import { startRedis } from "@spillway/testkit/node";
import { Redis } from "ioredis";
import { createActor } from "../src/act.ts";
import { type Collector, startCollector } from "../src/collector.ts";
import { type Console, knows, startConsole } from "../src/console.ts";
import { queueNames, seedQueues } from "../src/many-queues.ts";
import { watchRedisCost } from "../src/redis-cost.ts";
import { reply } from "../src/reply.ts";
import { atMost, exactly, type Figure, type Report, type Torture, told } from "../src/torture.ts";

const WITHOUT = join(import.meta.dirname, "../src/without-telemetry.ts");
const MOST = 1.02;
const QUEUES = 10;
/** The events of a queue are read some times a second, and figures taken: seldom enough not to drown what requests cost. */
const SELDOM = ["--sample-interval", "10s"];

export const torture: Torture = {
  title: "What telemetry costs where it is off",
  run: (say) => compareOff({ sets: 5, rounds: 10, mixes: 40 }, say),
};

interface Size {
  /** Consoles started anew: two processes of the same code differ by some percent for all their life. */
  sets: number;
  /** In each, every console in turn. */
  rounds: number;
  /** Mixes of requests in a round. */
  mixes: number;
}

/** `again`: off once more, in a process of its own; how far two that are alike are apart is what can be measured at all. */
const KINDS = ["without", "off", "again", "on"] as const;
type Kind = (typeof KINDS)[number];

interface Cost {
  cpuMs: number;
  commands: number;
  requests: number;
}

/** The same mix of requests to a console whose telemetry is off, to one composed without it, and to one that has it on. */
export async function compareOff(
  { sets, rounds, mixes }: Size,
  say: (line: string) => void,
): Promise<Report> {
  await using server = await startRedis();
  const redis = new Redis(server.url, { maxRetriesPerRequest: null });
  await seedQueues(redis, queueNames(QUEUES));
  await using collector = await startCollector(0);
  const ratios: Record<"off" | "again" | "on", { cpu: number; commands: number }>[] = [];
  let refused = 0;
  for (let set = 0; set < sets; set++) {
    const costs = await costsOf(redis, server.url, collector, { rounds, mixes });
    refused += costs.refused;
    const of = (kind: Kind) => perRequest(costs.of[kind]);
    const beside = (kind: Kind) => ({
      cpu: of(kind).cpu / of("without").cpu,
      commands: of(kind).commands / of("without").commands,
    });
    ratios.push({ off: beside("off"), again: beside("again"), on: beside("on") });
    say(
      `off ${shown(beside("off").cpu)}, again ${shown(beside("again").cpu)}, on ${shown(beside("on").cpu)}`,
    );
  }
  redis.disconnect();
  const cpus = (kind: "off" | "again" | "on") => ratios.map((one) => one[kind].cpu);
  // Two of the same code in each set: both are off.
  const off = median([...cpus("off"), ...cpus("again")]);
  const commands = median(ratios.map(({ off: { commands: count } }) => count));
  return {
    figures: [
      ratio("processor per request, off against without the code", off),
      ratio("Redis commands per request, off against without the code", commands),
      exactly("requests that were refused", refused, 0),
      told(
        "of single consoles that are off",
        [...cpus("off"), ...cpus("again")].map(shown).sort().join(", "),
      ),
      told("processor per request where it is on, against without the code", shown(median(cpus("on")))),
    ],
    notes: [
      `${sets} sets of four consoles on one Redis with ${QUEUES} queues, each from its sources: composed without telemetry, off twice, and on with a collector. In turn each gets the same mix of requests, ${rounds} times: lists, a page of failed jobs, a search, history, a pause and a resume.`,
      "Processor is the time of the whole process, samples included; the figure is the median over sets of a console against the one without the code in its set.",
    ],
  };
}

const ratio = (what: string, value: number): Figure => ({
  ...atMost(what, value, MOST, "×"),
  measured: `${shown(value)} ×`,
  target: `≤ ${MOST} ×`,
});
const shown = (value: number): string => value.toFixed(3);
const perRequest = ({ cpuMs, commands, requests }: Cost) => ({
  cpu: cpuMs / requests,
  commands: commands / requests,
});

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}

async function costsOf(
  redis: Redis,
  redisUrl: string,
  collector: Collector,
  { rounds, mixes }: Pick<Size, "rounds" | "mixes">,
) {
  await using own = new AsyncDisposableStack();
  const start = async (args: readonly string[], env: Record<string, string> = {}) => {
    const console = own.use(await startConsole(redisUrl, [...SELDOM, ...args], env));
    await knows(console, `${queueNames(QUEUES).at(-1)}`);
    return console;
  };
  const consoles: Record<Kind, Console> = {
    without: await start([], { NODE_OPTIONS: `--import ${WITHOUT}` }),
    off: await start([]),
    again: await start([]),
    on: await start(["--otlp-endpoint", collector.url]),
  };
  const of = Object.fromEntries(
    KINDS.map((kind): [Kind, Cost] => [kind, { cpuMs: 0, commands: 0, requests: 0 }]),
  ) as Record<Kind, Cost>;
  let refused = 0;
  // The first requests of a process cost it several times as much.
  for (const kind of KINDS) await ask(consoles[kind], mixes * 2);
  for (let round = 0; round < rounds; round++)
    for (const kind of round % 2 === 0 ? KINDS : KINDS.toReversed()) {
      const console = consoles[kind];
      const cpu = console.cpu() ?? Number.NaN;
      const watch = await watchRedisCost(redis);
      const asked = await ask(console, mixes);
      of[kind].commands += (await watch.stop()).commands;
      of[kind].cpuMs += (console.cpu() ?? Number.NaN) - cpu;
      of[kind].requests += asked.requests;
      refused += asked.refused;
    }
  return { of, refused };
}

const READS = [
  "api/queues",
  "api/overview",
  "api/queues/queue-0003",
  "api/queues/queue-0003/jobs?state=failed",
  "api/queues/queue-0003/jobs?q=tenant-7",
  "api/queues/queue-0003/dlq/shapes",
  "api/metrics/history?queue=queue-0003",
  "api/workers",
  "api/audit?limit=20",
];

/** One after the other, so that what is counted is work and not waiting. */
async function ask(console: Console, mixes: number): Promise<{ requests: number; refused: number }> {
  using actor = createActor(console.url, 1);
  let refused = 0;
  for (let i = 0; i < mixes; i++) {
    for (const path of READS) await reply(new URL(path, console.url));
    for (const verb of ["pause", "resume"])
      if ((await actor.act(`queues/queue-0004/${verb}`))?.status !== 200) refused++;
  }
  return { requests: mixes * (READS.length + 2), refused };
}
