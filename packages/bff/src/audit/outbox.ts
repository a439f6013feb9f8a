import type { Clock } from "@spillway/engine";
import type { AuditSink, Logger } from "../deps.ts";

/** How long after a failure the sink is tried again though nobody writes. Ms. */
const AGAIN_MS = 5_000;

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
}

/** Brings lines to the sink, in order and one at a time; keeps those that failed and tries them first the next time. */
export class Outbox {
  readonly #deps: OutboxDeps;
  readonly #lines: Waiting[] = [];
  #isPumping = false;
  #pumped: Promise<void> = Promise.resolve();
  #cancelAgain: (() => void) | null = null;
  #lastCopiedAt: number | null = null;

  constructor(deps: OutboxDeps) {
    this.#deps = deps;
  }

  get lastCopiedAt(): number | null {
    return this.#lastCopiedAt;
  }

  /** Resolves when the line is safe; rejects when the sink failed, though the line is kept for later. */
  push(line: string): Promise<void> {
    const saved = Promise.withResolvers<void>();
    this.#lines.push({ line, saved });
    void this.flush();
    return saved.promise;
  }

  /** Resolves when all lines are out or one failed. */
  flush(): Promise<void> {
    if (!this.#isPumping) this.#pumped = this.#pump();
    return this.#pumped;
  }

  async close(): Promise<void> {
    await this.flush();
    this.#cancelAgain?.();
  }

  async #pump(): Promise<void> {
    this.#isPumping = true;
    this.#cancelAgain?.();
    this.#cancelAgain = null;
    try {
      for (let first = this.#lines[0]; first !== undefined; first = this.#lines[0]) {
        await this.#deps.sink.append(first.line);
        this.#lastCopiedAt = this.#deps.clock.now();
        first.saved.resolve();
        this.#lines.shift();
      }
    } catch (error) {
      this.#failed(error);
    } finally {
      // In the same step as the last look at the lines: one that comes later starts a new pump.
      this.#isPumping = false;
    }
  }

  #failed(error: unknown): void {
    const { log, clock, capacity } = this.#deps;
    log.error("The audit could not be copied out.", { error, waiting: this.#lines.length });
    for (const { saved } of this.#lines) saved.reject(error);
    const tooMany = this.#lines.length - capacity;
    if (tooMany > 0) {
      this.#lines.splice(0, tooMany);
      log.error("Audit entries were given up: the sink has failed for too long.", { entries: tooMany });
    }
    this.#cancelAgain = clock.after(AGAIN_MS, () => void this.flush());
  }
}
