import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createActor } from "../src/act.ts";
import { type Collector, startCollector } from "../src/collector.ts";
import { startProcess } from "../src/console.ts";
import { makeAuditFile } from "../src/make-audit-file.ts";
import { atMost, exactly, type Figure, type Report, type Torture, told } from "../src/torture.ts";

const FAR_MS = 100;
const AT_ONCE = 16;

export const torture: Torture = {
  title: "What a write waits for its audit",
  run: (say) => measureCosts({ writes: 500, records: 100_000 }, say),
};

interface Setting {
  name: string;
  args: readonly string[];
  /** What a write may not wait for, ms; null where it must. */
  bound: number | null;
}

/** Writes one after the other, and many at once, with each kind of sink or `only` one; then starts on a long audit file. */
export async function measureCosts(
  { writes, records, only }: { writes: number; records: number; only?: string },
  say: (line: string) => void,
): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), "spillway-cost-"));
  await using near = await startCollector(0);
  await using far = await startCollector(FAR_MS);
  try {
    const figures: Figure[] = [];
    const settings = settingsOf(folder, near, far);
    for (const setting of settings.filter(({ name }) => only === undefined || name === only)) {
      const cost = await costOf(setting, writes);
      figures.push(...figuresOf(setting, cost, writes));
      say(`${setting.name}: ${figures.at(-1)?.measured ?? ""}`);
    }
    figures.push(...(await startOn(join(folder, "long.ndjson"), records)));
    return {
      figures,
      notes: [
        "The console is the process that ships, on the embedded engine; a write is a resume of a queue that runs, over HTTP, one after the other, then 16 at once.",
        `A write has two entries, and waits for both where a copy is required or the sink is a file. The far webhook answers after ${FAR_MS} ms.`,
        "What a file costs is what `fdatasync` costs on the disk below the system's temporary folder.",
      ],
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function settingsOf(folder: string, near: Collector, far: Collector): Setting[] {
  const file = (name: string) => ["--audit-file", join(folder, name)];
  const required = "--audit-required";
  return [
    { name: "memory alone", args: [], bound: null },
    { name: "file", args: file("a"), bound: null },
    { name: "file, required", args: [...file("b"), required], bound: null },
    { name: "webhook, near", args: ["--audit-webhook", near.url], bound: null },
    { name: "webhook, far", args: ["--audit-webhook", far.url], bound: FAR_MS },
    { name: "webhook that is down", args: ["--audit-webhook", "http://127.0.0.1:1/"], bound: FAR_MS },
    { name: "webhook, near, required", args: ["--audit-webhook", near.url, required], bound: null },
    { name: "webhook, far, required", args: ["--audit-webhook", far.url, required], bound: null },
    {
      name: "file and far webhook, required",
      args: [...file("c"), "--audit-webhook", far.url, required],
      bound: FAR_MS,
    },
    {
      name: "file and webhook that is down, required",
      args: [...file("d"), "--audit-webhook", "http://127.0.0.1:1/", required],
      bound: FAR_MS,
    },
  ];
}

interface Cost {
  p50: number;
  p99: number;
  worst: number;
  /** With 16 under way. */
  perSecond: number;
  refused: number;
}

async function costOf({ args }: Setting, writes: number): Promise<Cost> {
  await using console = await startProcess(["--scenario", "healthy", ...args]);
  using actor = createActor(console.url, AT_ONCE);
  let refused = 0;
  const write = async () => {
    const from = performance.now();
    const answer = await actor.act("queues/billing/resume");
    if (answer?.status !== 200) refused++;
    return performance.now() - from;
  };
  for (let i = 0; i < 20; i++) await write();
  const waits: number[] = [];
  for (let i = 0; i < writes; i++) waits.push(await write());
  const from = performance.now();
  let left = writes;
  const lane = async () => {
    while (left-- > 0) await write();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  const perSecond = writes / ((performance.now() - from) / 1_000);
  const sorted = waits.toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.min(writes - 1, Math.floor(part * writes))] ?? 0;
  return { p50: at(0.5), p99: at(0.99), worst: at(1), perSecond, refused };
}

function figuresOf(
  { name, bound }: Setting,
  { p50, p99, worst, perSecond, refused }: Cost,
  writes: number,
): Figure[] {
  const all = `p50 ${ms(p50)}, p99 ${ms(p99)}, worst ${ms(worst)}; ${perSecond.toFixed(0)} a second at 16 at once`;
  return [
    ...(bound === null ? [] : [atMost(`${name}: half of the writes within`, p50, bound, "ms")]),
    exactly(`${name}: refused of ${writes * 2 + 20}`, refused, 0),
    told(name, all),
  ];
}

/** How long a console takes to read a long file back, against one that has none. */
async function startOn(path: string, records: number): Promise<Figure[]> {
  await makeAuditFile(path, records);
  const timed = async (args: readonly string[]) => {
    const from = performance.now();
    await using console = await startProcess(["--scenario", "healthy", ...args]);
    return { ms: performance.now() - from, rss: console.rss() ?? 0 };
  };
  const without = await timed([]);
  const withFile = await timed(["--audit-file", path]);
  const megabytes = (statSync(path).size / 2 ** 20).toFixed(0);
  return [
    told(
      `start on a file of ${records} records, ${megabytes} MB, and without one`,
      `${ms(withFile.ms)}, ${ms(without.ms)}`,
    ),
    told(
      "memory after it, and without",
      `${(withFile.rss / 2 ** 20).toFixed(0)}, ${(without.rss / 2 ** 20).toFixed(0)} MB`,
    ),
  ];
}

const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
