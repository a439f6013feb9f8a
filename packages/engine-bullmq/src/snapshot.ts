import type { EngineSnapshot, Flows, QueueSnapshot } from "@spillway/engine";
import { EngineError } from "@spillway/engine";
import { workerConnections } from "./client-list.ts";
import { type EngineParts, readQueue } from "./engine-parts.ts";
import { textOf } from "./fault.ts";
import { baseOf } from "./keys.ts";
import { type QueuePicture, queuePicture } from "./queue-picture.ts";
import { runScript, runScripts } from "./run-script.ts";
import { QUEUE_SUMMARY } from "./scripts/queue-summary.ts";
import { workersOf } from "./workers.ts";

/** All queues and, in the same round trip, the connections of their workers. */
export async function takeSnapshot(parts: EngineParts, signal?: AbortSignal): Promise<EngineSnapshot> {
  const { connection, discovery, prefix, clock } = parts;
  const names = await discovery.names(signal);
  parts.events.follow(names);
  const calls = names.map((queue) => ({ keys: [baseOf(prefix, queue)], args: [] }));
  const { replies, also } = await connection.read(
    (redis) =>
      runScripts(redis, QUEUE_SUMMARY, calls, (pipeline) => {
        pipeline.call("CLIENT", "LIST");
      }),
    signal,
  );
  const at = clock.now();
  const pictures = names.map((queue, i) => picture(parts, queue, replies[i], at));
  for (const { exists, snapshot } of pictures) if (!exists) discovery.forget(snapshot.name);
  const shown = pictures.filter(({ exists, snapshot }) => exists || discovery.configured(snapshot.name));
  const clients = readClients(also[0]);
  return {
    at,
    queues: shown.map(({ snapshot }) => snapshot),
    workers:
      clients.reply === null
        ? null
        : workersOf(
            workerConnections(clients.reply, prefix, names),
            new Map(shown.map(({ snapshot, active }) => [snapshot.name, active])),
            at,
          ),
    workersUnknown: clients.unknown,
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
  const { exists, snapshot } = picture(parts, queue, reply, clock.now());
  if (exists || discovery.configured(queue)) return snapshot;
  discovery.forget(queue);
  throw new EngineError("queue_not_found", `There is no queue called “${queue.slice(0, 200)}”.`);
}

function picture(parts: EngineParts, queue: string, reply: unknown, now: number): QueuePicture {
  const { events } = parts;
  return queuePicture(queue, reply, events.flows(queue) ?? unknownFlows(now), (id) =>
    events.waitingSince(queue, id),
  );
}

/** Managed Redis may refuse CLIENT, or answer with a sentence instead of connections. */
function readClients(reply: unknown): { reply: string | null; unknown: string | null } {
  if (typeof reply === "string" && (reply === "" || /(^|\n)id=\d+ /.test(reply))) {
    return { reply, unknown: null };
  }
  const denied = reply instanceof Error && /NOPERM/.test(textOf(reply));
  return {
    reply: null,
    unknown: denied
      ? "This Redis user may not run CLIENT LIST, which is how BullMQ workers are found. Allow +client|list."
      : "This Redis does not offer CLIENT LIST, which is how BullMQ workers are found.",
  };
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
    durations: null,
    durationSum: null,
  };
}
