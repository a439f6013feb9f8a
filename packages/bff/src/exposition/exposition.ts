import type { Room } from "../routes/room.ts";
import type { Sample } from "./families.ts";
import { flowSamples, known, queueSamples } from "./queue-samples.ts";
import { writeExposition } from "./write.ts";

/** How many queues have figures of their own, about 30 each: a scrape must stay small whoever makes queues. */
export const MOST_QUEUES = 1_000;

type ExpositionRoom = Pick<Room, "sampler" | "engine" | "config" | "audit" | "processFigures">;

/** All figures at once, for a scrape: of those queues that whoever asks may see. */
export function exposition(room: ExpositionRoom): string {
  return writeExposition([
    ...consoleSamples(room),
    ...engineSamples(room),
    ...auditSamples(room),
    ...processSamples(room),
  ]);
}

function consoleSamples({ engine, config, sampler }: ExpositionRoom): Sample[] {
  const { status, last_ok_at: lastOk } = sampler.engineStatus();
  const info = {
    version: config.version,
    engine: engine.info.kind,
    engine_version: engine.info.version ?? "",
  };
  return [
    ...known("spillway_build_info", 1, info),
    ...known("spillway_engine_up", status === "ok" ? 1 : 0),
    ...known("spillway_sample_timestamp_seconds", lastOk === null ? null : Date.parse(lastOk) / 1_000),
    ...known("spillway_sample_interval_seconds", config.sampleIntervalMs / 1_000),
  ];
}

/** What was true when the engine last answered is no figure of now. */
function engineSamples({ sampler }: ExpositionRoom): Sample[] {
  const snapshot = sampler.snapshot();
  if (snapshot === null || sampler.engineStatus().status !== "ok") return [];
  const queues = sampler.queues({ sort: "name" }).items;
  const told = queues.slice(0, MOST_QUEUES);
  const names = new Set(told.map(({ name }) => name));
  return [
    ...known("spillway_queues", queues.length),
    ...known("spillway_queues_left_out", queues.length - told.length),
    ...told.flatMap(queueSamples),
    ...snapshot.queues.flatMap(({ name, stalled, flows }) =>
      names.has(name)
        ? [...known("spillway_queue_stalled_jobs", stalled, { queue: name }), ...flowSamples(name, flows)]
        : [],
    ),
    ...workerSamples(sampler),
    ...sampler
      .overview()
      .trouble.filter(({ queue }) => queue === null || names.has(queue))
      .flatMap(({ queue, code, severity }) =>
        known("spillway_trouble", 1, { queue: queue ?? "", code, severity }),
      ),
  ];
}

const HEALTHS = ["healthy", "late", "lost", "stopped", "gone"] as const;

function workerSamples(sampler: ExpositionRoom["sampler"]): Sample[] {
  const { items, unknown } = sampler.workers({});
  if (unknown !== null) return [];
  return HEALTHS.flatMap((health) =>
    known("spillway_workers", items.filter((worker) => worker.health === health).length, { health }),
  );
}

function auditSamples({ audit }: ExpositionRoom): Sample[] {
  return audit
    .copies()
    .sinks.flatMap(({ kind, status, waiting, given_up: givenUp }) => [
      ...known("spillway_audit_sink_failing", status === "ok" ? 0 : 1, { kind }),
      ...known("spillway_audit_sink_waiting_entries", waiting, { kind }),
      ...known("spillway_audit_sink_given_up_entries_total", givenUp, { kind }),
    ]);
}

function processSamples({ processFigures }: ExpositionRoom): Sample[] {
  const figures = processFigures?.();
  return [
    ...known("process_start_time_seconds", figures?.startedAtS),
    ...known("process_cpu_seconds_total", figures?.cpuS),
    ...known("process_resident_memory_bytes", figures?.residentBytes),
    ...known("nodejs_heap_used_bytes", figures?.heapUsedBytes),
    ...known("nodejs_event_loop_busy_seconds_total", figures?.loopBusyS),
  ];
}
