import type { EngineSnapshot, Flows, QueueSnapshot } from "@spillway/engine";
import { EngineError } from "@spillway/engine";
import { chunk } from "./chunk.ts";
import { queuesWithWorkers } from "./client-list.ts";
import { type EngineParts, readQueue } from "./engine-parts.ts";
import { baseOf } from "./keys.ts";
import { type QueuePicture, queuePicture } from "./queue-picture.ts";
import { list } from "./reply.ts";
import { runScript, runScripts } from "./run-script.ts";
import { FAILED_RULES } from "./scripts/failed-rules.ts";
import { QUEUE_SUMMARY } from "./scripts/queue-summary.ts";
import { workersNow } from "./workers-now.ts";

/** Queues in one script: other clients wait for no longer than it takes, about a millisecond. */
const QUEUES_PER_SCRIPT = 20;

/** All queues and, in the same round trip, what is known of their workers. */
export async function takeSnapshot(parts: EngineParts, signal?: AbortSignal): Promise<EngineSnapshot> {
  const { connection, discovery, prefix, clock } = parts;
  const names = await discovery.names(signal);
  parts.events.follow(names);
  const calls = chunk(names, QUEUES_PER_SCRIPT).map((queues) => ({
    keys: queues.map((queue) => baseOf(prefix, queue)),
    args: [1, ...queues.map((queue) => oldestKept(parts, queue))],
  }));
  const { replies, also } = await connection.read(
    (redis) =>
      runScripts(redis, QUEUE_SUMMARY, calls, (pipeline) => {
        pipeline.call("CLIENT", "LIST");
      }),
    signal,
    true,
  );
  discovery.notice(queuesWithWorkers(also[0], prefix));
  const at = clock.now();
  const summaries = replies.flatMap(list);
  const pictures = names.map((queue, i) => picture(parts, queue, summaries[i], at));
  for (const { exists, snapshot } of pictures) if (!exists) discovery.forget(snapshot.name);
  await learnFailedRules(parts, pictures, signal);
  const shown = pictures.filter(({ exists, snapshot }) => exists || discovery.configured(snapshot.name));
  return {
    at,
    queues: shown.map(({ snapshot }) => snapshot),
    ...workersNow(parts, also[0], shown, at),
  };
}

/** One queue now. */
export async function oneQueue(
  parts: EngineParts,
  queue: string,
  signal?: AbortSignal,
): Promise<QueueSnapshot> {
  const { discovery, prefix, clock } = parts;
  const reply = await readQueue(parts, queue, signal, (redis) =>
    runScript(redis, QUEUE_SUMMARY, [baseOf(prefix, queue)], []),
  );
  parts.events.follow(discovery.known().names);
  const { exists, snapshot } = picture(parts, queue, list(reply)[0], clock.now());
  if (exists || discovery.configured(queue)) return snapshot;
  discovery.forget(queue);
  throw new EngineError("queue_not_found", `There is no queue ${JSON.stringify(queue.slice(0, 200))}.`);
}

function picture(parts: EngineParts, queue: string, reply: unknown, now: number): QueuePicture {
  const { events } = parts;
  return queuePicture(queue, reply, events.flows(queue) ?? unknownFlows(now), {
    waitingSince: (id) => events.waitingSince(queue, id),
    failedRetention: (aged) => parts.failedRules.of(queue, aged),
  });
}

/** The score below which a failed job is older than its queue keeps them; empty where age is no rule. */
function oldestKept({ failedRules, clock }: EngineParts, queue: string): number | "" {
  const ageMs = failedRules.ageOf(queue);
  return ageMs === null ? "" : clock.now() - ageMs;
}

/** Only where failed jobs are fewer than they were, so that a snapshot is one round trip as a rule. */
async function learnFailedRules(
  { connection, failedRules, prefix, clock }: EngineParts,
  pictures: readonly QueuePicture[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const due = failedRules.due(pictures.map(({ snapshot }) => snapshot));
  if (due.length === 0) return;
  const calls = chunk(due, QUEUES_PER_SCRIPT).map((queues) => ({
    keys: queues.map(({ name }) => baseOf(prefix, name)),
    args: [],
  }));
  const { replies } = await connection.read((redis) => runScripts(redis, FAILED_RULES, calls), signal, true);
  const rules = replies.flatMap(list);
  for (const [i, queue] of due.entries()) {
    failedRules.learn(queue, rules[i], clock.now());
    queue.failedRetention = failedRules.of(queue.name, queue.failedRetention?.aged ?? 0);
  }
}

function unknownFlows(now: number): Flows {
  return {
    since: now,
    enqueued: null,
    started: null,
    completed: null,
    failedAttempts: null,
    failed: null,
    autoRetried: null,
    operatorRetried: null,
    stalled: null,
    durations: null,
    durationSum: null,
  };
}
