import type {
  History,
  JobSummary,
  Overview,
  QueueDetail,
  QueueList,
  QueueSummary,
  Trouble,
  Worker,
  WorkerList,
} from "@spillway/contract/schemas";
import { type Clock, EngineError, type QueueEngine } from "@spillway/engine";
import type { BffConfig } from "../deps.ts";
import type { AuditSeam, MarkerStore, QueueRules, Sampler } from "../seams.ts";
import type { Acks } from "./acks.ts";
import { ChangeVerdicts } from "./change-verdicts.ts";
import type { EngineState } from "./engine-state.ts";
import type { QueueFigures } from "./figures.ts";
import { readHistory } from "./history.ts";
import type { Moment } from "./moment.ts";
import { Once } from "./once.ts";
import { beforeOf, movementOf, yesterdayOf } from "./past.ts";
import { toOverview } from "./pictures/overview.ts";
import { deniedActions, toQueueSummary, toSpark } from "./pictures/queue.ts";
import { sortQueues } from "./pictures/sort-queues.ts";
import { toWorker } from "./pictures/worker.ts";
import { retentionOf } from "./retention.ts";
import { verdictOf } from "./verdicts.ts";
import type { Watch } from "./watch.ts";
import { iso } from "./wire-time.ts";

export interface ReaderOptions {
  engine: Pick<QueueEngine, "capabilities">;
  clock: Clock;
  config: BffConfig;
  audit: Pick<AuditSeam, "recentDestructive">;
  markers: MarkerStore;
  state: EngineState;
  failures: { newest(): JobSummary[] };
  acks: Acks;
  queues: QueueRules;
  watch: () => Watch;
}

const DESTRUCTIVE_SHOWN = 8;
const DETAIL_SAMPLES = 120;

/** How many lists of queues, asked for differently, are kept as text. A thousand queues are half a megabyte. */
const TEXTS_KEPT = 4;

/** Answers every picture from the last good moment; says so if it is old. */
export class Reader {
  readonly #options: ReaderOptions;
  readonly #summaries = new Once<QueueSummary[]>(1);
  readonly #texts = new Once<string>(TEXTS_KEPT);
  readonly #changes: ChangeVerdicts;

  constructor(options: ReaderOptions) {
    this.#options = options;
    const judge = (queue: string) => this.#verdict(queue, undefined);
    this.#changes = new ChangeVerdicts({ markers: options.markers, judge });
  }

  overview({ since }: { since?: string | undefined } = {}): Overview {
    const { audit, failures, state } = this.#options;
    const moment = this.#moment();
    const now = moment.askedAt;
    const at = parsed(since);
    const before = at === undefined ? undefined : beforeOf(this.#history, null, at);
    return toOverview(moment, {
      trouble: this.#trouble(moment),
      movement: movementOf(this.#history, null, now, at),
      before,
      yesterday: yesterdayOf(this.#history, now),
      latestFailures: failures.newest(),
      destructiveActions: audit.recentDestructive(DESTRUCTIVE_SHOWN),
      engine: state.status(),
    });
  }

  /** Something moved: what was made of it until now is void. */
  moved(): void {
    this.#summaries.clear();
    this.#texts.clear();
  }

  /** The same as JSON, made once however many look. */
  queuesText(query: Parameters<Sampler["queues"]>[0]): string {
    const { q, sort, trouble, since } = query;
    return this.#texts.get(JSON.stringify([q, sort, trouble, since]), () =>
      JSON.stringify(this.queues(query)),
    );
  }

  queues({ q, sort, trouble, since }: Parameters<Sampler["queues"]>[0]): QueueList {
    const wanted = q?.toLowerCase() ?? "";
    const items = this.summaries(parsed(since)).filter(
      (queue) =>
        queue.name.toLowerCase().includes(wanted) &&
        (trouble === undefined || queue.trouble.some(({ code }) => code === trouble)),
    );
    return { items: sortQueues(items, sort), ...this.#asOf() };
  }

  queue(name: string, { since }: { since?: string | undefined } = {}): QueueDetail | null {
    const moment = this.#moment();
    const figures = moment.queues.get(name);
    if (figures === undefined) return null;
    const byQueue = Map.groupBy(this.#trouble(moment), (finding) => finding.queue);
    const { history } = this.history({ queue: name, limit: DETAIL_SAMPLES });
    const at = parsed(since);
    return {
      ...this.#summary(figures, moment, byQueue.get(name) ?? [], at),
      ...this.#asOf(),
      concurrency: figures.queue.concurrency,
      rate_limit: toRateLimit(figures),
      history,
      verdict: this.#verdict(name, at),
      capabilities: { ...this.#options.engine.capabilities },
    };
  }

  workers({ queue, health }: Parameters<Sampler["workers"]>[0]): WorkerList {
    const items = this.allWorkers().filter(
      (worker) =>
        (queue === undefined || worker.queues.includes(queue)) &&
        (health === undefined || worker.health === health),
    );
    return { items, unknown: this.#moment().snapshot.workersUnknown, ...this.#asOf() };
  }

  history({ queue, limit, from, to, step_s, since }: Parameters<Sampler["history"]>[0]): History {
    const { config, markers } = this.#options;
    if (queue !== undefined) this.#mustBeThere(queue);
    const intervalMs = config.sampleIntervalMs;
    const stepMs = Math.max(intervalMs, (step_s ?? 0) * 1000);
    const isJoined = stepMs > intervalMs;
    const end = parsed(to);
    const begin = parsed(from) ?? this.#beginOf(limit, isJoined ? stepMs : null, end);
    const places = this.#history.places(queue ?? null, begin, end);
    const { samples, gaps } = readHistory(places, limit, isJoined ? stepMs : 0);
    return {
      history: samples,
      step_s: stepMs / 1000,
      retention_s: retentionOf(config).retention_s,
      gaps,
      verdict: this.#verdict(queue ?? null, parsed(since)),
      movement: movementOf(this.#history, queue ?? null, this.#options.clock.now(), parsed(since)),
      markers: markers.list({ from: parsed(from ?? samples[0]?.timestamp), to: end, queue }),
    };
  }

  /** So far back that there are as many samples as asked for: what is older is kept more coarsely, and needs no reading. */
  #beginOf(limit: number, stepMs: number | null, end: number | undefined): number {
    const { timeline } = this.#history;
    if (stepMs !== null) return (end ?? this.#options.clock.now()) - (limit + 1) * stepMs;
    const tick = timeline.next - limit;
    return end === undefined && tick >= timeline.first ? timeline.at(tick) : Number.NEGATIVE_INFINITY;
  }

  /** A queue that has just appeared has no row yet: an empty history, not a missing queue. */
  #mustBeThere(queue: string): void {
    if (this.#history.series(queue) !== undefined || this.#moment().queues.has(queue)) return;
    throw new EngineError("queue_not_found", `There is no queue ${JSON.stringify(queue.slice(0, 200))}.`);
  }

  /** Every queue, in the engine's order; with what was before a moment, epoch ms, where one is given. */
  summaries(since?: number): QueueSummary[] {
    return since === undefined ? this.#summaries.get("", () => this.#summarize()) : this.#summarize(since);
  }

  #summarize(since?: number): QueueSummary[] {
    const moment = this.#moment();
    const byQueue = Map.groupBy(this.#trouble(moment), (finding) => finding.queue);
    return moment.queues
      .values()
      .map((figures) => this.#summary(figures, moment, byQueue.get(figures.queue.name) ?? [], since))
      .toArray();
  }

  allWorkers(): Worker[] {
    const { workers, snapshot } = this.#moment();
    return workers.map((entry) => toWorker(entry, snapshot.at));
  }

  #summary(
    figures: QueueFigures,
    moment: Moment,
    trouble: Trouble[],
    since: number | undefined,
  ): QueueSummary {
    const { clock, config, engine, queues, state } = this.#options;
    const { name } = figures.queue;
    const series = this.#history.series(name);
    return toQueueSummary(figures, {
      before: since === undefined ? undefined : beforeOf(this.#history, name, since),
      at: moment.snapshot.at,
      trouble,
      spark: toSpark(this.#history.timeline, series, config.sampleIntervalMs / 1000),
      sinceChange: state.isDown ? null : (this.#changes.at(moment, clock.now()).get(name) ?? null),
      readOnly: queues.isReadOnly(name),
      denied: { ...deniedActions(engine.capabilities, state.isDown), ...queues.denied(name) },
    });
  }

  #verdict(queue: string | null, since: number | undefined): History["verdict"] {
    const { markers, clock, watch } = this.#options;
    const queues = watch().moment?.queues ?? new Map<string, QueueFigures>();
    const of = queue === null ? [...queues.values()] : [queues.get(queue)].filter((one) => one !== undefined);
    const judged = verdictOf(this.#history, markers, queue, clock.now(), of, since);
    if (!this.#options.state.isDown) return judged;
    const reason = `The engine does not answer. When it last did: ${judged.reason}`;
    return { ...judged, state: "too_early", reason };
  }

  #trouble(moment: Moment): Trouble[] {
    const now = this.#options.clock.now();
    return moment.trouble.map((finding) => this.#options.acks.toTrouble(finding, now));
  }

  #asOf(): { as_of: string; stale?: true } {
    return {
      as_of: iso(this.#moment().askedAt),
      ...(this.#options.state.isDown && { stale: true as const }),
    };
  }

  #moment(): Moment {
    const { moment } = this.#options.watch();
    if (moment === null) throw this.#options.state.error;
    return moment;
  }

  get #history() {
    return this.#options.watch().history;
  }
}

function parsed(time: string | undefined): number | undefined {
  return time === undefined ? undefined : Date.parse(time);
}

function toRateLimit({ queue }: QueueFigures): QueueDetail["rate_limit"] {
  return queue.rateLimit === null ? null : { max: queue.rateLimit.max, per_ms: queue.rateLimit.perMs };
}
