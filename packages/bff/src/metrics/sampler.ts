import type { EngineSnapshot } from "@spillway/engine";
import type { BffDeps } from "../deps.ts";
import type { AuditSeam, JobViews, LiveHub, MarkerStore, Sampler } from "../seams.ts";
import { Acks } from "./acks.ts";
import { AfterWrites } from "./after-writes.ts";
import { EngineState } from "./engine-state.ts";
import { LatestFailures } from "./latest-failures.ts";
import { createLoop } from "./loop.ts";
import { Publisher } from "./publisher.ts";
import { Reader } from "./reader.ts";
import { retentionOf } from "./retention.ts";
import { Watch } from "./watch.ts";

export interface SamplerDeps extends Pick<BffDeps, "engine" | "clock" | "log" | "config"> {
  audit: AuditSeam;
  hub: LiveHub;
  markers: MarkerStore;
  views: JobViews;
  /** Snapshots from before the console looked, oldest first, where the engine kept some: a rehearsal has a past. */
  past?: () => Iterable<EngineSnapshot>;
}

/** Asks the engine once per tick, however many look on. A tick that fails is a gap; the last good data stays, marked stale. */
export function createSampler(deps: SamplerDeps): Sampler {
  const { engine, clock, config, hub, log } = deps;
  const state = new EngineState();
  const failures = new LatestFailures(engine, deps.views);
  const acks = new Acks();
  const publisher = new Publisher(hub);
  let watch = beginWatch();
  const reader = new Reader({ ...deps, state, failures, acks, watch: () => watch });
  const first = Promise.withResolvers<void>();
  const loop = createLoop({
    clock,
    intervalMs: config.sampleIntervalMs,
    tick,
    missed: (at) => watch.history.gap(at),
    mostMissed: config.historySamples,
  });

  const afterWrites = new AfterWrites(clock, () => loop.tickAnew());

  function beginWatch(): Watch {
    const begun = new Watch(deps);
    if (deps.past !== undefined) begun.takePast(deps.past());
    return begun;
  }

  async function tick(): Promise<void> {
    const mine = watch;
    const askedAt = clock.now();
    const answer = await ask();
    try {
      // Another world was loaded meanwhile: this is news of one that is gone.
      if (mine === watch) take(answer, askedAt);
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
    const isRow = failed ? watch.fail(askedAt) : watch.take(answer, askedAt);
    if (turned) announce();
    publishPictures();
    if (isRow) publisher.newestSample(watch.history, watch.moment?.queues.keys() ?? []);
    if (failed) return;
    acks.keepOnly(watch.moment?.trouble ?? []);
    void failures.refresh(answer);
  }

  function publishPictures(): void {
    reader.moved();
    if (watch.moment !== null) publisher.pictures(reader);
  }

  function announce(): void {
    const status = state.status();
    hub.publish("engine", status);
    if (status.status === "ok") log.info("The engine answers");
    else log.warn("The engine does not answer", { cause: status.cause, detail: status.detail });
  }

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
    snapshot: () => watch.moment?.snapshot ?? null,
    retention: () => retentionOf(config),
    ackTrouble(id, ack) {
      if (!(watch.moment?.trouble.some((finding) => finding.id === id) ?? false)) return false;
      acks.put(id, ack);
      publishPictures();
      return true;
    },
    reset() {
      watch = beginWatch();
      reader.moved();
      failures.clear();
      acks.keepOnly([]);
      hub.publish("resync", { reason: "Another world was loaded." });
    },
    [Symbol.asyncDispose]: () => loop.stop(),
  };
}
