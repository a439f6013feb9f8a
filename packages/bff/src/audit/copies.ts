import type { AuditCopies } from "@spillway/contract/schemas";
import type { Clock } from "@spillway/engine";
import type { AuditSink, Logger } from "../deps.ts";
import { Outbox } from "./outbox.ts";

/** How long an effect waits for a copy: at most so long if it must have one, and if it would be nice. Ms. */
const REQUIRED_WITHIN_MS = 4_000;
const HOPED_WITHIN_MS = 1_000;

export interface CopiesDeps {
  clock: Clock;
  log: Logger;
  sinks: readonly AuditSink[];
  /** No copy, no effect. */
  required: boolean;
  /** Lines kept for each sink while it fails. */
  capacity: number;
  /** Takes secrets out of what a sink said. */
  redact: (text: string) => string;
  onGap: (sink: AuditSink, lines: number) => void;
}

/** Brings every line to every sink, each at its own pace. */
export class Copies {
  readonly #deps: CopiesDeps;
  readonly #outboxes: { sink: AuditSink; outbox: Outbox }[];

  constructor(deps: CopiesDeps) {
    this.#deps = deps;
    const { clock, log, capacity, required, onGap, redact } = deps;
    this.#outboxes = deps.sinks.map((sink) => {
      const eager = required || isLocal(sink);
      const told = (lines: number) => onGap(sink, lines);
      return { sink, outbox: new Outbox({ sink, clock, log, capacity, eager, redact, onGap: told }) };
    });
  }

  /**
   * Resolves when an effect may follow. If a copy is required: when one sink has the line; rejects if none has it, or not
   * in time. If not: when those on this machine have it, failed, or take too long.
   */
  async push(line: string): Promise<void> {
    const saved = this.#outboxes.map(({ sink, outbox }) => ({ sink, done: outbox.push(line) }));
    if (this.#deps.required) {
      const first = Promise.any(saved.map(({ done }) => done));
      return this.#within(REQUIRED_WITHIN_MS, first, () => Promise.reject(new Error("No copy in time.")));
    }
    const local = saved.filter(({ sink }) => isLocal(sink)).map(({ done }) => done);
    if (local.length > 0)
      await this.#within(HOPED_WITHIN_MS, Promise.allSettled(local), () => Promise.resolve());
  }

  /**
   * Whether a copy is required and every sink has so much waiting that no attempt should be added; there is room yet for how
   * those under way end. Then it makes them try.
   */
  isFull(): boolean {
    const { required, capacity } = this.#deps;
    if (!required || this.#outboxes.some(({ outbox }) => outbox.state().waiting < capacity / 2)) return false;
    for (const { outbox } of this.#outboxes) void outbox.flush();
    return true;
  }

  state(): AuditCopies {
    return { required: this.#deps.required, sinks: this.#outboxes.map(({ outbox }) => outbox.state()) };
  }

  /** When a sink had a line last. */
  lastSavedAt(): string | null {
    const times = this.state().sinks.flatMap(({ last_saved_at: at }) => at ?? []);
    return times.toSorted().at(-1) ?? null;
  }

  async close(): Promise<void> {
    await Promise.all(this.#outboxes.map(({ outbox }) => outbox.close()));
  }

  async #within(ms: number, done: Promise<unknown>, late: () => Promise<void>): Promise<void> {
    const timeUp = Promise.withResolvers<void>();
    const cancel = this.#deps.clock.after(ms, () => void late().then(timeUp.resolve, timeUp.reject));
    try {
      await Promise.race([done, timeUp.promise]);
    } finally {
      cancel();
    }
  }
}

/** Quick, and there or not there with the console itself. */
const isLocal = ({ kind }: AuditSink): boolean => kind === "file";

/** What is wrong with the sinks, for whoever may not act because of it. */
export function problemsOf({ sinks }: AuditCopies): string {
  const texts = sinks.map(
    ({ kind, target, problem }) => `${kind} ${target}: ${problem ?? "no answer in time"}`,
  );
  return texts.join("; ");
}
