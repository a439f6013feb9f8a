import { createHash } from "node:crypto";
import { createVerifier } from "@spillway/contract/audit";
import { auditList, type Operation } from "@spillway/contract/schemas";
import { createWorld, type World } from "@spillway/testkit";

/** What the process is to do, and what it tells: `torture/audit-bounds.ts` forks it. */
export interface FillPlan {
  records: number;
  capacity: number;
}

export interface Filled {
  /** What is alive on the heap after everything else was collected, when first full and at the end. Bytes. */
  heap: { first: number; last: number };
  /** Resident memory when a tenth was done, at its highest since, and at the end. Bytes. */
  rss: { settled: number; most: number; last: number };
  /** All records there were, by what a sink was given: those asked for, those of the work left open, the console's own. */
  made: number;
  held: number;
  evicted: number;
  isConsistent: boolean;
  /** What became of the records that were open all the while. */
  open: string[];
  /** Whether an export of all that is held verifies elsewhere. */
  isExportIntact: boolean;
  perSecond: number;
}

const AT_ONCE = 16;
/** Work that is begun first and held up, so that its intents stay open all the while. */
const QUEUES = ["billing", "emails", "webhooks"];
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** A whole BFF in a process of its own, asked without a socket between: what it holds is the audit's, not the network's. */
async function fill({ records, capacity }: FillPlan): Promise<Filled> {
  const config = { auditSize: capacity, sampleIntervalMs: 5_000 };
  const sink = countingSink();
  const deps = { sha256, auditSinks: [sink] };
  await using world = await createWorld({ clock: "real", scenario: "healthy", config, deps });
  const pending = await leaveOpen(world);
  const full = Math.min(records, capacity * 2);
  await act(world, full);
  const heap = { first: aliveOnHeap(), last: 0 };
  const rss = { settled: 0, most: 0, last: 0 };
  const from = performance.now();
  for (let done = full; done < records; ) {
    const next = Math.min(records - done, 10_000);
    await act(world, next);
    done += next;
    rss.last = process.memoryUsage.rss();
    if (done <= records / 10 || rss.settled === 0) rss.settled = rss.last;
    rss.most = Math.max(rss.most, rss.last);
    if (done % 100_000 === 0)
      process.send?.({ said: `${done} records, ${Math.round(rss.last / 2 ** 20)} MB` });
  }
  const seconds = (performance.now() - from) / 1_000;
  const { made, holds, chain } = await standing(world, sink);
  heap.last = aliveOnHeap();
  return {
    heap,
    rss,
    made,
    held: holds.size,
    evicted: holds.evicted,
    isConsistent: chain.consistent,
    open: await Promise.all(pending.map((id) => statusOf(world, id))),
    isExportIntact: await verifyExport(world),
    perSecond: (records - full) / seconds,
  };
}

/** Keeps nothing, and counts the intents: each is one record. */
function countingSink() {
  const sink = {
    kind: "file" as const,
    target: "counted",
    intents: 0,
    async append(lines: readonly string[]) {
      for (const line of lines) if (line.includes('"kind":"intent"')) sink.intents++;
    },
  };
  return sink;
}

/** What is held and what was made at one moment: the console makes records of its own at any time. */
async function standing(world: World, sink: { intents: number }) {
  for (;;) {
    const made = sink.intents;
    const { holds, chain } = auditList.parse(await json(world, "/api/audit?limit=1"));
    const isCounted = holds.copies.sinks.every(({ waiting }) => waiting === 0);
    if (isCounted && made === sink.intents) return { made, holds, chain };
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Needs `--expose-gc`; without it, what is dead already counts too. */
function aliveOnHeap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

const json = async (world: World, path: string): Promise<unknown> => (await world.fetch(path)).json();

async function act(world: World, times: number): Promise<void> {
  let left = times;
  const lane = async () => {
    while (left-- > 0) {
      const reply = await world.post(`/api/queues/${QUEUES[left % QUEUES.length]}/jobs/none-${left}/retry`);
      if (reply.status !== 404) throw new Error(`It answered ${reply.status}.`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

/** Begins slow work in each queue and pauses it; resolves to its records. */
async function leaveOpen(world: World): Promise<string[]> {
  const ids: string[] = [];
  for (const queue of QUEUES) {
    const selection = { filter: { state: "completed" } };
    const body = { action: "job.remove", selection, rate_per_s: 0.1 };
    const begun = await world.post(`/api/queues/${queue}/jobs/bulk`, body);
    const { operation }: { operation: Operation } = await begun.json();
    const paused = await world.post(`/api/operations/${operation.id}/pause`);
    if (paused.status !== 200) throw new Error(`It could not be paused: ${paused.status}.`);
    ids.push(operation.audit_id);
  }
  return ids;
}

async function statusOf(world: World, id: string): Promise<string> {
  const reply = await world.fetch(`/api/audit/${id}`);
  if (reply.status !== 200) return "evicted";
  const { status }: { status: string } = await reply.json();
  return status;
}

async function verifyExport(world: World): Promise<boolean> {
  const reply = await world.fetch("/api/audit/export?format=ndjson");
  const verifier = createVerifier({ sha256 });
  for (const line of (await reply.text()).trimEnd().split("\n")) verifier.add(line);
  return verifier.end(false).bad === null;
}

const plan: FillPlan = JSON.parse(process.argv[2] ?? "{}");
process.send?.({ filled: await fill(plan) });
process.disconnect();
