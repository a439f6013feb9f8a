import type {
  EngineStatus,
  History,
  Marker,
  StreamEventName,
  StreamEvents,
  WorkerList,
} from "@spillway/contract/schemas";
import type { QueryClient } from "@tanstack/react-query";
import { keyOf, overviewQuery, queueQuery, queuesQuery, sessionQuery } from "../../api/queries.ts";
import { applyOperation } from "./apply-operation.ts";
import { readAgain } from "./read-again.ts";
import type { Refresher } from "./refresher.ts";

interface Target {
  client: QueryClient;
  refresher: Refresher;
}

/** Brings one event into the cache: pictures are replaced, lists that an event only hints at are asked again. */
export function applyEvent<N extends StreamEventName>(target: Target, name: N, data: StreamEvents[N]): void {
  handlers[name]?.(target, data);
}

type Handlers = { [N in StreamEventName]?: (target: Target, data: StreamEvents[N]) => void };

const handlers: Handlers = {
  overview: ({ client }, overview) => {
    client.setQueryData(overviewQuery().queryKey, overview);
    applyEngine(client, overview.engine);
  },
  queues: applyQueues,
  workers: applyWorkers,
  metrics: applyMetrics,
  audit: ({ client, refresher }, record) => {
    client.setQueryData(keyOf("getAuditRecord", { audit_id: record.id }), record);
    refresher.refresh(["listAudit"]);
    if (record.queue !== null && record.job_id !== null) {
      refresher.refresh(["getJob", { queue: record.queue, job_id: record.job_id }]);
    }
  },
  operation: ({ client, refresher }, operation) => applyOperation(client, refresher, operation),
  engine: ({ client }, status) => applyEngine(client, status),
  marker: ({ client, refresher }, marker) => {
    refresher.refresh(["listMarkers"]);
    addMarker(client, marker);
  },
  resync: ({ client }) => readAgain(client),
};

/** The rest of a session is as old as before: it says what time it was for the server when it was read. */
function applyEngine(client: QueryClient, status: EngineStatus): void {
  const { queryKey } = sessionQuery();
  const session = client.getQueryState(queryKey);
  if (session?.data !== undefined) {
    const { data, dataUpdatedAt: updatedAt } = session;
    client.setQueryData(queryKey, { ...data, engine: { ...data.engine, status } }, { updatedAt });
  }
  client.setQueryData(overviewQuery().queryKey, (now) =>
    now === undefined ? undefined : { ...now, engine: status },
  );
}

function applyQueues(
  { client, refresher }: Target,
  { as_of, changed, removed }: StreamEvents["queues"],
): void {
  const fresh = new Map(changed.map((queue) => [queue.name, queue]));
  client.setQueryData(queuesQuery().queryKey, (now) => {
    if (now === undefined) return undefined;
    const kept = now.items.filter((queue) => !removed.includes(queue.name) && !fresh.has(queue.name));
    return { items: [...kept, ...fresh.values()], as_of };
  });
  for (const queue of changed) {
    client.setQueryData(queueQuery(queue.name).queryKey, (now) =>
      now === undefined ? undefined : { ...withoutStale(now), ...queue, as_of },
    );
    // Its verdict tells the figures of now, and does not come with them.
    for (const name of ["getQueue", "listJobs", "getBreakdown", "getShapes", "getShapeRetries"])
      refresher.refresh([name, { queue: queue.name }]);
  }
}

function withoutStale<T extends { stale?: true | undefined }>(picture: T): Omit<T, "stale"> {
  const { stale: _, ...rest } = picture;
  return rest;
}

function applyWorkers(
  { client, refresher }: Target,
  { as_of, changed, removed }: StreamEvents["workers"],
): void {
  const fresh = new Map(changed.map((worker) => [worker.id, worker]));
  client.setQueryData<WorkerList>(keyOf("listWorkers", {}), (now) => {
    if (now === undefined) return undefined;
    const kept = now.items
      .map((worker) => fresh.get(worker.id) ?? worker)
      .filter((worker) => !removed.includes(worker.id));
    const known = new Set(now.items.map((worker) => worker.id));
    return {
      ...withoutStale(now),
      items: [...kept, ...changed.filter((worker) => !known.has(worker.id))],
      as_of,
    };
  });
  refresher.refresh(["listWorkers"]);
}

/** A coarse picture is asked again after half a step, or after this, ms: one more tick hardly shows in it. */
const coarseAge = 10_000;

/** A new tick goes to the end of every open history it belongs to; coarser or bounded ones are asked again. */
function applyMetrics({ client, refresher }: Target, { queue, sample }: StreamEvents["metrics"]): void {
  for (const query of client.getQueryCache().findAll({ queryKey: ["getHistory"], type: "active" })) {
    const asked = query.queryKey[2] as {
      queue?: string;
      from?: string;
      to?: string;
      step_s?: number;
      limit?: number;
    };
    if ((asked.queue ?? null) !== queue || asked.to !== undefined) continue;
    if (asked.from !== undefined || asked.step_s !== undefined) {
      const age = Date.now() - query.state.dataUpdatedAt;
      if (age >= Math.min(coarseAge, (asked.step_s ?? 0) * 500)) refresher.refresh(query.queryKey);
    } else appendSample(client, query.queryKey, sample, asked.limit ?? 120);
  }
  if (queue === null) return;
  client.setQueryData(queueQuery(queue).queryKey, (now) =>
    now === undefined ? undefined : { ...now, history: [...now.history.slice(-119), sample] },
  );
}

function appendSample(
  client: QueryClient,
  key: readonly unknown[],
  sample: History["history"][number],
  limit: number,
): void {
  client.setQueryData<History>(key, (now) => {
    if (now === undefined || now.history.at(-1)?.timestamp === sample.timestamp) return now;
    return { ...now, history: [...now.history, sample].slice(-limit) };
  });
}

function addMarker(client: QueryClient, marker: Marker): void {
  const standing = marker.withdrawn_at === null ? [marker] : [];
  client.setQueriesData<History>({ queryKey: ["getHistory"] }, (now) =>
    now === undefined
      ? undefined
      : { ...now, markers: [...now.markers.filter(({ id }) => id !== marker.id), ...standing] },
  );
}
