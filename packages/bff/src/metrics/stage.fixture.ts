import type { StreamEventName } from "@spillway/contract/schemas";
import type { EngineSnapshot, QueueEngine } from "@spillway/engine";
import { createEmbeddedEngine, createManualClock } from "@spillway/engine-embedded";
import type { BffConfig } from "../deps.ts";
import { createJobViews } from "../jobs/views.ts";
import { createRedactor } from "../redaction/index.ts";
import type { AuditSeam, LiveHub, Observation } from "../seams.ts";
import { createMarkers } from "./markers.ts";
import { createSampler } from "./sampler.ts";

export const START = Date.UTC(2026, 10, 23, 14, 0, 0);
export const TICK = 5_000;

export const CONFIG: BffConfig = {
  basePath: "/",
  version: "0.0.0",
  sampleIntervalMs: TICK,
  historySamples: 720,
  coarserHistory: [],
  auditSize: 100,
  expectedWorkers: { total: null, queues: {} },
  environment: { name: null, tone: null },
  links: [],
  taskNotes: {},
  reasonRequired: [],
  allowedHosts: [],
  limits: null,
};

/** What goes wrong with the real engine behind it. */
export interface Fault {
  /** Thrown by snapshots while it is set. */
  next: unknown;
  /** How long a snapshot takes, ms. */
  delayMs: number;
  /** Most snapshots that were under way at once, and how many there were. */
  mostInFlight: number;
  snapshots: number;
  /** A queue that is not there any more. */
  gone: string | null;
}

export interface StageOptions {
  scenario?: string;
  seed?: number;
  config?: Partial<BffConfig>;
  past?: Iterable<EngineSnapshot>;
}

/** A sampler over a real embedded engine with a clock that stands still. */
export function createStage(options: StageOptions = {}) {
  const clock = createManualClock(START);
  const engine = createEmbeddedEngine({
    clock,
    seed: options.seed ?? 1,
    ...(options.scenario && { scenario: options.scenario }),
  });
  const fault: Fault = { next: null, delayMs: 0, mostInFlight: 0, snapshots: 0, gone: null };
  const observed: Observation[] = [];
  const ours: { action: string; queue: string; at: number }[] = [];
  const published: { event: StreamEventName; topic: string; data: unknown }[] = [];
  const audit: AuditSeam = {
    recentDestructive: () => [],
    actedSince: (actions, queue, since) =>
      ours.filter((one) => actions.includes(one.action) && one.queue === queue && one.at >= since).length,
    isPausedOnRecord: (queue) =>
      [...ours, ...observed].findLast((one) => one.queue === queue && one.action.startsWith("queue."))
        ?.action === "queue.pause",
    observe: (observation) => `record ${observed.push(observation)}`,
  };
  const hub: LiveHub = { publish: (event, data, topic = event) => published.push({ event, topic, data }) };
  const markers = createMarkers({ clock, hub });
  const sampler = createSampler({
    engine: withFault(engine, fault, (ms) => new Promise((resolve) => clock.after(ms, resolve))),
    clock,
    config: { ...CONFIG, ...options.config },
    log: { info() {}, warn() {}, error: (message, fields) => console.error(message, fields) },
    audit,
    hub,
    markers,
    views: createJobViews(clock, createRedactor()),
    past: () => options.past ?? [],
  });
  return {
    clock,
    engine,
    fault,
    observed,
    ours,
    published,
    markers,
    sampler,
    /** Starts the sampler at first, then lets time pass. */
    async run(ms: number) {
      sampler.start();
      await clock.advance(ms);
      await sampler.ready();
    },
    async [Symbol.asyncDispose]() {
      await sampler[Symbol.asyncDispose]();
      await engine[Symbol.asyncDispose]();
    },
  };
}

function withFault(engine: QueueEngine, fault: Fault, wait: (ms: number) => Promise<void>): QueueEngine {
  let inFlight = 0;
  const snapshot: QueueEngine["snapshot"] = async (read) => {
    inFlight++;
    fault.snapshots++;
    fault.mostInFlight = Math.max(fault.mostInFlight, inFlight);
    try {
      if (fault.delayMs > 0) await wait(fault.delayMs);
      if (fault.next !== null) throw fault.next;
      const taken = await engine.snapshot(read);
      return { ...taken, queues: taken.queues.filter(({ name }) => name !== fault.gone) };
    } finally {
      inFlight--;
    }
  };
  return new Proxy(engine, {
    get: (target, key) => (key === "snapshot" ? snapshot : Reflect.get(target, key)),
  });
}
