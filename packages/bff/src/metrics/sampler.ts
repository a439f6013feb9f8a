import type { EngineSnapshot } from "@spillway/engine";
import type { BffDeps } from "../deps.ts";
import type { AuditSeam, Glass, JobViews, LiveHub, MarkerStore, QueueRules, Sampler } from "../seams.ts";
import { Acks } from "./acks.ts";
import { AfterWrites } from "./after-writes.ts";
import { EngineState } from "./engine-state.ts";
import { LatestFailures } from "./latest-failures.ts";
import { type Ground, Lens } from "./lens.ts";
import { createLoop } from "./loop.ts";
import { retentionOf } from "./retention.ts";

export interface SamplerDeps extends Pick<BffDeps, "engine" | "clock" | "log" | "config"> {
  audit: AuditSeam;
  hub: LiveHub;
  markers: MarkerStore;
  views: JobViews;
  /** What is read-only; none: nothing is. */
  queues?: QueueRules;
  /** Snapshots from before the console looked, oldest first, where the engine kept some: a rehearsal has a past. */
  past?: () => Iterable<EngineSnapshot>;
}

const ALL: QueueRules = { isWhole: true, sees: () => true, isReadOnly: () => false, denied: () => ({}) };

/** Asks the engine once per tick, however many look on. A tick that fails is a gap; the last good data stays, marked stale. */
export function createSampler(deps: SamplerDeps): Sampler {
  const { engine, clock, config, hub, log, queues = ALL } = deps;
  const state = new EngineState();
  const failures = new LatestFailures(engine, deps.views);
  const acks = new Acks();
  const ground: Ground = { state, failures, acks, past: deps.past };
  const whole = new Lens({ ...deps, queues }, ground);
  const lenses = new Set([whole]);
  const first = Promise.withResolvers<void>();
  const loop = createLoop({
    clock,
    intervalMs: config.sampleIntervalMs,
    tick,
    missed(at) {
      for (const { watch } of lenses) watch.history.gap(at);
    },
    mostMissed: config.historySamples,
  });

  const afterWrites = new AfterWrites(clock, () => loop.tickAnew());

  async function tick(): Promise<void> {
    const mine = whole.watch;
    const askedAt = clock.now();
    const answer = await ask();
    try {
      // Another world was loaded meanwhile: this is news of one that is gone.
      if (mine === whole.watch) take(answer, askedAt);
    } catch (error) {
      log.error("A tick could not be digested", { error });
    }
    first.resolve();
  }

  async function ask(): Promise<EngineSnapshot | { failure: unknown }> {
    try {
      return await engine.snapshot();
    } catch (failure) {
      return { failure };
    }
  }

  function take(answer: EngineSnapshot | { failure: unknown }, askedAt: number): void {
    const failed = "failure" in answer;
    const turned = failed ? state.failed(answer.failure) : state.ok(clock.now());
    if (turned) announce();
    for (const lens of lenses) {
      const isRow = failed ? lens.watch.fail(askedAt) : lens.take(answer, askedAt);
      lens.publishPictures();
      if (isRow) lens.publishSample();
    }
    if (failed) return;
    acks.keepOnly(lenses.values().flatMap(({ watch }) => watch.moment?.trouble ?? []));
    void failures.refresh(answer);
  }

  function announce(): void {
    const status = state.status();
    hub.publish("engine", status);
    if (status.status === "ok") log.info("The engine answers");
    else log.warn("The engine does not answer", { cause: status.cause, detail: status.detail });
  }

  function reset(): void {
    failures.clear();
    acks.keepOnly([]);
    for (const lens of lenses) lens.reset();
  }

  function samplerOf(lens: Lens): Omit<Sampler, "through" | typeof Symbol.asyncDispose> {
    const { reader } = lens;
    return {
      start: () => loop.start(),
      ready: () => first.promise,
      tick: () => loop.tickNow(),
      acted: () => afterWrites.acted(),
      changed: () => afterWrites.changed(),
      seen: () => afterWrites.seen(),
      overview: (query) => reader.overview(query),
      queues: (query) => reader.queues(query),
      queuesText: (query) => reader.queuesText(query),
      queue: (name, query) => reader.queue(name, query),
      workers: (query) => reader.workers(query),
      history: (query) => reader.history(query),
      engineStatus: () => state.status(),
      snapshot: () => lens.watch.moment?.snapshot ?? null,
      retention: () => retentionOf(config),
      ackTrouble(id, ack) {
        if (!(lens.watch.moment?.trouble.some((finding) => finding.id === id) ?? false)) return false;
        acks.put(id, ack);
        for (const one of lenses) one.publishPictures();
        return true;
      },
      reset,
    };
  }

  function through(glass: Glass): Sampler & Disposable {
    const { expectedWorkers } = config;
    // How many there should be in all counts those of queues that are not shown.
    const narrowed = { ...config, expectedWorkers: { ...expectedWorkers, total: null } };
    const lens = new Lens({ engine, clock, config: narrowed, ...glass }, ground);
    const { moment } = whole.watch;
    if (moment !== null) lens.take(moment.snapshot, moment.askedAt);
    lenses.add(lens);
    const leave = () => void lenses.delete(lens);
    return {
      ...samplerOf(lens),
      through,
      [Symbol.dispose]: leave,
      [Symbol.asyncDispose]: async () => leave(),
    };
  }

  return { ...samplerOf(whole), through, [Symbol.asyncDispose]: () => loop.stop() };
}
