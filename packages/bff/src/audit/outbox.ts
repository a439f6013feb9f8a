import type { AuditSinkState } from "@spillway/contract/schemas";
import type { Clock } from "@spillway/engine";
import type { AuditSink, Logger } from "../deps.ts";

/** How long after a first failure it is tried again though nobody writes, and the longest it grows to by doubling. Ms. */
const AGAIN_MS = 1_000;
const AGAIN_AT_MOST_MS = 60_000;
/** What goes out together at most. */
const BATCH_LINES = 500;
const BATCH_CHARACTERS = 262_144;

interface Waiting {
  line: string;
  saved: PromiseWithResolvers<void>;
}

export interface OutboxDeps {
  clock: Clock;
  log: Logger;
  sink: AuditSink;
  /** Lines kept while the sink fails; beyond, the oldest are given up. */
  capacity: number;
  /** Whether somebody waits for each line: then a new one makes it try at once, however lately it failed. */
  eager: boolean;
  /** Takes secrets out of what the sink said. */
  redact: (text: string) => string;
  /** Called when it works again after lines were given up; must not throw. */
  onGap: (lines: number) => void;
}

/** Brings lines to one sink, in order, in batches; keeps those that failed and tries them first the next time. */
export class Outbox {
  readonly #deps: OutboxDeps;
  readonly #lines: Waiting[] = [];
  #isPumping = false;
  /** How many of the lines are on their way. */
  #underWay = 0;
  #pumped: Promise<void> = Promise.resolve();
  #cancelAgain: (() => void) | null = null;
  /** Since when it fails, what it said last, and how often it was tried; null while it works. */
  #failing: { since: number; problem: string; tries: number } | null = null;
  #lastSavedAt: number | null = null;
  #givenUp = 0;
  #untoldGap = 0;

  constructor(deps: OutboxDeps) {
    this.#deps = deps;
  }

  /** Resolves when the line is safe; rejects when the sink fails, though the line is kept for later. */
  push(line: string): Promise<void> {
    const saved = Promise.withResolvers<void>();
    // Who pushes may not wait: what fails is told by the state and the log.
    saved.promise.catch(() => undefined);
    this.#lines.push({ line, saved });
    if (this.#cancelAgain === null || this.#deps.eager) void this.flush();
    this.#dropTooMany();
    return saved.promise;
  }

  /** Resolves when all lines are out or one failed. */
  flush(): Promise<void> {
    if (!this.#isPumping) this.#pumped = this.#pump();
    return this.#pumped;
  }

  state(): AuditSinkState {
    const { kind, target } = this.#deps.sink;
    return {
      kind,
      target,
      status: this.#failing === null ? "ok" : "failing",
      problem: this.#failing?.problem ?? null,
      failing_since: iso(this.#failing?.since ?? null),
      last_saved_at: iso(this.#lastSavedAt),
      waiting: this.#lines.length,
      given_up: this.#givenUp,
    };
  }

  /** Tries what waits once more. */
  async close(): Promise<void> {
    await this.flush();
    this.#cancelAgain?.();
    const waiting = this.#lines.length;
    if (waiting > 0)
      this.#deps.log.error("Audit entries were not copied out before the end.", { ...this.#name(), waiting });
  }

  async #pump(): Promise<void> {
    this.#isPumping = true;
    this.#cancelAgain?.();
    this.#cancelAgain = null;
    try {
      while (this.#lines.length > 0) {
        const batch = this.#lines.slice(0, this.#batchLength());
        this.#underWay = batch.length;
        await this.#deps.sink.append(batch.map(({ line }) => line));
        this.#lines.splice(0, batch.length);
        this.#underWay = 0;
        for (const { saved } of batch) saved.resolve();
        this.#worked();
      }
    } catch (error) {
      this.#failed(error);
    } finally {
      // In the same step as the last look at the lines: one that comes later starts a new pump.
      this.#isPumping = false;
    }
  }

  #batchLength(): number {
    let characters = 0;
    for (const [i, { line }] of this.#lines.entries()) {
      characters += line.length;
      if (i === BATCH_LINES || (i > 0 && characters > BATCH_CHARACTERS)) return i;
    }
    return this.#lines.length;
  }

  #worked(): void {
    const { clock, log, onGap } = this.#deps;
    this.#lastSavedAt = clock.now();
    if (this.#failing === null) return;
    this.#failing = null;
    log.info("The audit is copied out again.", this.#name());
    const gap = this.#untoldGap;
    this.#untoldGap = 0;
    if (gap > 0) onGap(gap);
  }

  #failed(error: unknown): void {
    const { clock, log, redact } = this.#deps;
    const problem = redact(error instanceof Error ? error.message : String(error));
    // One that stays away is told of once, not with each try.
    if (this.#failing === null)
      log.error("The audit could not be copied out.", {
        ...this.#name(),
        error,
        waiting: this.#lines.length,
      });
    const { since, tries } = this.#failing ?? { since: clock.now(), tries: 0 };
    this.#failing = { since, problem, tries: tries + 1 };
    this.#underWay = 0;
    for (const { saved } of this.#lines) saved.reject(error);
    this.#dropTooMany();
    const ms = Math.min(AGAIN_AT_MOST_MS, AGAIN_MS * 2 ** tries);
    this.#cancelAgain = clock.after(ms, () => void this.flush());
  }

  #dropTooMany(): void {
    const tooMany = this.#lines.length - this.#deps.capacity;
    if (tooMany <= 0) return;
    for (const { saved } of this.#lines.splice(this.#underWay, tooMany)) saved.reject(new Error("given up"));
    if (this.#untoldGap === 0)
      this.#deps.log.error("Audit entries are given up: a sink has failed for too long.", this.#name());
    this.#givenUp += tooMany;
    this.#untoldGap += tooMany;
  }

  #name() {
    const { kind, target } = this.#deps.sink;
    return { sink: kind, target };
  }
}

const iso = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString());
