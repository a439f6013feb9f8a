import type { AuditRecord, Intent } from "@spillway/contract/schemas";
import { type Action, actions } from "@spillway/contract/table";
import type { AuditSeam, Observation } from "../seams.ts";
import type { AuditStore } from "./store.ts";

const CONSOLE = {
  id: "spillway",
  name: "Spillway",
  verified: true,
  roles: [],
  auth: "system",
  session: null,
  ip: null,
};

/** An intent of no person: what the console saw or did by itself. */
export function ownIntent(
  action: string,
  source: "system" | "observed",
  parts: Partial<Intent> = {},
): Intent {
  return {
    action,
    source,
    queue: null,
    job_id: null,
    operation_id: null,
    actor: CONSOLE,
    reason: null,
    incident: null,
    destructive: false,
    expected: null,
    requested: null,
    details: {},
    idempotency_key: null,
    request_id: null,
    ...parts,
  };
}

/** Adds a record of something that already happened; resolves to its id. */
export async function recordFact(
  store: AuditStore,
  intent: Intent,
  affected: number | null,
): Promise<string> {
  const { id, saved } = store.begin(intent);
  await settleFact(store, id, saved, affected);
  return id;
}

async function settleFact(
  store: AuditStore,
  id: string,
  saved: Promise<void>,
  affected: number | null,
): Promise<void> {
  const done = {
    status: "success",
    affected,
    skipped: null,
    failed: null,
    error: null,
    details: {},
  } as const;
  await Promise.allSettled([saved, store.complete(id, "outcome", done)]);
}

export function createAuditSeam(store: AuditStore): AuditSeam {
  return {
    recentDestructive: (limit) =>
      store
        .newestFirst()
        .filter(({ destructive }) => destructive)
        .slice(0, limit),
    actedSince: (names, queue, since) =>
      store
        .newestFirst()
        .filter(
          (record) =>
            record.queue === queue &&
            record.source !== "observed" &&
            names.includes(record.action) &&
            (record.status === "pending" || Date.parse(record.completed_at ?? record.timestamp) >= since),
        )
        .reduce((sum, { affected, requested }) => sum + Math.max(1, affected ?? requested ?? 1), 0),
    isPausedOnRecord: (queue) => lastStateOf(store, queue)?.action === "queue.pause",
    observe(observation) {
      const { id, saved } = store.begin(observed(observation));
      void settleFact(store, id, saved, observation.affected);
      return id;
    },
  };
}

/** What last paused or resumed the queue of this world: before a scenario was loaded there was another one. */
function lastStateOf(store: AuditStore, queue: string): AuditRecord | undefined {
  const last = store
    .newestFirst()
    .find(
      (record) =>
        (record.status === "success" || record.status === "pending") &&
        (record.action === "scenario.set" ||
          (record.queue === queue && (record.action === "queue.pause" || record.action === "queue.resume"))),
    );
  return last?.action === "scenario.set" ? undefined : last;
}

function observed({ action, queue, text, between: { from, to } }: Observation): Intent {
  const { destructive } = actions[action satisfies Action];
  const between = { from: from === null ? null : iso(from), to: iso(to) };
  return ownIntent(action, "observed", { queue, destructive, details: { observed: text, between } });
}

const iso = (at: number): string => new Date(at).toISOString();
