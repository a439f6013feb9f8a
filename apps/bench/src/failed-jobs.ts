import type { Redis } from "ioredis";

/** One way to fail: an error whose text differs from job to job and whose shape does not. */
interface Kind {
  task: string;
  name: string;
  frame: string;
  message(i: number): string;
  /** Of a thousand jobs, so many. */
  share: number;
}

const PIPELINED = 1_000;
const SPAN_MS = 20 * 3_600_000;

const COMMON: readonly Kind[] = [
  {
    task: "invoice.charge",
    name: "TimeoutError",
    frame: "StripeClient.request (/srv/app/src/stripe.ts:118:11)",
    message: (i) => `connect to 10.0.${i % 7}.${i % 251}:443 timed out after ${3_000 + (i % 997)} ms`,
    share: 600,
  },
  {
    task: "invoice.charge",
    name: "HttpError",
    frame: "charge (/srv/app/src/charge.ts:12:3)",
    message: (i) => `503 from https://api.provider.example/v1/charges/${i.toString(16)}?attempt=${i % 5}`,
    share: 150,
  },
  {
    task: "refund.create",
    name: "PostgresError",
    frame: "RefundRepository.save (/srv/app/src/repositories/refunds.ts:204:5)",
    message: (i) => `deadlock detected: process ${i % 40_000} waits for ShareLock on transaction ${i}`,
    share: 110,
  },
  {
    task: "invoice.mail",
    name: "TypeError",
    frame: "sumOf (/srv/app/src/invoice.ts:77:20)",
    message: () => "Cannot read properties of undefined (reading 'total')",
    share: 100,
  },
];
/** Besides, 40 rare ones, of one job in a thousand each. */
const RARE: readonly Kind[] = Array.from({ length: 40 }, (_, n) => ({
  task: "report.build",
  name: "ValidationError",
  frame: `check${letters(n)} (/srv/app/src/checks.ts:${n + 1}:9)`,
  message: (i) => `amount must be positive, got -${i % 9_999} for customer ${uuid(i)}`,
  share: 1,
}));
const KINDS = [...COMMON, ...RARE];
const TABLE = KINDS.flatMap((kind) => Array.from({ length: kind.share }, () => kind));

/** How often each way to fail occurs among so many jobs, most frequent first. */
export function countsOf(jobs: number): number[] {
  const counts = new Map<Kind, number>();
  for (let i = 0; i < jobs; i++) {
    const kind = kindOf(i);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts.values()].sort((a, b) => b - a);
}

/** Writes failed jobs as BullMQ leaves them: three attempts with their stacks, a payload of about 450 bytes. */
export async function seedFailed(redis: Redis, queue: string, jobs: number, newestAt: number): Promise<void> {
  await redis.hset(`bull:${queue}:meta`, "version", "bullmq:6.7.0");
  for (let start = 0; start < jobs; start += PIPELINED) {
    const end = Math.min(jobs, start + PIPELINED);
    const times = Array.from({ length: end - start }, (_, n) =>
      Math.round(newestAt - SPAN_MS * (1 - (start + n + 1) / jobs)),
    );
    await failAt(redis, queue, start, times);
  }
}

/** Writes one failed job for each time, numbered on from `first`. */
export async function failAt(
  redis: Redis,
  queue: string,
  first: number,
  times: readonly number[],
): Promise<void> {
  const pipeline = redis.pipeline();
  for (const [n, at] of times.entries()) {
    const id = `${first + n + 1}`;
    pipeline.hset(`bull:${queue}:${id}`, fieldsOf(first + n, at)).zadd(`bull:${queue}:failed`, at, id);
  }
  const results = (await pipeline.exec()) ?? [];
  const fault = results.find(([error]) => error !== null)?.[0];
  if (fault) throw fault;
}

function fieldsOf(i: number, at: number): Record<string, string | number> {
  const { task, name, frame, message } = kindOf(i);
  const text = message(i);
  const stack = [
    `${name}: ${text}`,
    `    at ${frame}`,
    "    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)",
    "    at async handle (/srv/app/src/worker.ts:44:17)",
    "    at async Worker.processJob (/srv/app/node_modules/bullmq/dist/cjs/classes/worker.js:512:28)",
    "    at async Worker.retryIfFailed (/srv/app/node_modules/bullmq/dist/cjs/classes/worker.js:741:24)",
  ].join("\n");
  const payload = {
    tenant: `tenant-${i % 88}`,
    invoice: `inv_${i}`,
    amount: i % 10_000,
    note: "x".repeat(360),
  };
  return {
    name: task,
    data: JSON.stringify(payload),
    opts: '{"attempts":3,"backoff":{"type":"exponential","delay":1000}}',
    timestamp: at - 8_000,
    delay: 0,
    priority: 0,
    processedOn: at - 1_200,
    finishedOn: at,
    ats: 3,
    atm: 3,
    failedReason: text,
    stacktrace: JSON.stringify([stack, stack, stack]),
    pb: `worker-${i % 4}`,
  };
}

/** Mixed evenly: a step that has no divisor in common with the table visits all of it. */
function kindOf(i: number): Kind {
  const kind = TABLE[(i * 617) % TABLE.length];
  if (kind === undefined) throw new Error("The table of errors has a hole.");
  return kind;
}

function uuid(i: number): string {
  const hex = ((i * 2_654_435_761) % 2 ** 32).toString(16).padStart(8, "0");
  return `${hex}-${hex.slice(0, 4)}-4${hex.slice(1, 4)}-9${hex.slice(2, 5)}-${hex}${hex.slice(4)}`;
}

/** `aa`, `ab`, …: digits would be taken out of a name. */
function letters(n: number): string {
  return String.fromCharCode(97 + Math.floor(n / 26)) + String.fromCharCode(97 + (n % 26));
}
