import { applyEntry, type Sha256 } from "@spillway/contract/audit";
import type { AuditRecord, ChainEntry, Intent, Outcome } from "@spillway/contract/schemas";
import type { Clock } from "@spillway/engine";
import { ulid } from "ulid";
import type { AuditSink, Logger } from "../deps.ts";
import { createRedactor, type Redactor } from "../redaction/index.ts";
import type { Head } from "./as-of.ts";
import { Chain } from "./chain.ts";
import { Copies } from "./copies.ts";
import { discreetIntent, discreetOutcome } from "./discreet.ts";
import type { EntryContent } from "./entry.ts";
import { type ChainCheck, Ledger } from "./ledger.ts";
import { Shelf } from "./shelf.ts";

/** A full check reads all that is held: its answer is good for so long. Ms. */
const CHECK_GOOD_FOR_MS = 10_000;

export interface AuditStoreDeps {
  clock: Clock;
  log: Logger;
  sha256: Sha256;
  /** How many records are kept. */
  capacity: number;
  sinks?: readonly AuditSink[] | undefined;
  /** No copy in a sink, no effect. */
  required?: boolean | undefined;
  redactor?: Redactor | undefined;
}

/** Told of a record as it is now, whenever an entry changed it. */
export type AuditListener = (record: AuditRecord) => void;

/** The records of this process, newest last, and the chain they are projected from. Pending records are never evicted. */
export class AuditStore {
  readonly #deps: AuditStoreDeps;
  readonly #redactor: Redactor;
  readonly #chain: Chain;
  readonly #ledger = new Ledger();
  readonly #copies: Copies;
  readonly #shelf: Shelf;
  readonly #startedAt: string;
  #checked: { at: number; result: ChainCheck } | null = null;
  onChange: AuditListener = () => undefined;
  /** Told of a sink that works again after it had to do without some lines. */
  onGap: (sink: AuditSink, lines: number) => void = () => undefined;
  /** Told of attempts that were refused and are not on record: sinks had failed until there was no room for more. */
  onUnrecorded: (attempts: number) => void = () => undefined;
  /** Of refused attempts that are not on record, those whose end is not told yet; and how many there were in all. */
  readonly #unrecorded = new Set<string>();
  #untold = 0;

  constructor(deps: AuditStoreDeps) {
    this.#deps = deps;
    const { sinks = [], clock, log, sha256, capacity, required = false } = deps;
    this.#redactor = deps.redactor ?? createRedactor();
    this.#chain = new Chain(clock, sha256);
    this.#shelf = new Shelf(capacity, (record) => this.#ledger.evict(record.entries.map(({ seq }) => seq)));
    const onGap = (sink: AuditSink, lines: number) => this.onGap(sink, lines);
    this.#copies = new Copies({
      sinks,
      clock,
      log,
      required,
      capacity: capacity * 2,
      onGap,
      redact: this.#redactor.value,
    });
    this.#startedAt = new Date(clock.now()).toISOString();
  }

  /**
   * Records the intent; `saved` rejects if it had to be copied out and was not, and then the effect must not happen.
   * `isDenied`: it is known that there will be none.
   */
  begin(intent: Intent, isDenied = false): { id: string; saved: Promise<void> } {
    const id = ulid(this.#deps.clock.now());
    // Entries that no sink will ever have would leave a hole in the chain, for nothing that happened.
    if (this.#copies.isFull()) {
      this.#unrecorded.add(id);
      this.#untold++;
      return { id, saved: Promise.reject(new Error("There is no room for another entry.")) };
    }
    this.#tellUnrecorded();
    return {
      id,
      saved: this.#append({ kind: "intent", id, body: discreetIntent(intent, this.#redactor) }, isDenied),
    };
  }

  /** Records what came of it. The effect is done: a sink that fails is logged and caught up with, not thrown. */
  async complete(id: string, kind: "outcome" | "resolution", outcome: Outcome): Promise<void> {
    if (this.#unrecorded.delete(id)) return;
    await this.#append({ kind, id, body: discreetOutcome(outcome, this.#redactor) }).catch(() => undefined);
  }

  get(id: string): AuditRecord | undefined {
    return this.#shelf.get(id);
  }

  /** Oldest first. */
  records(): IterableIterator<AuditRecord> {
    return this.#shelf.records();
  }

  newestFirst(): AuditRecord[] {
    return [...this.#shelf.records()].reverse();
  }

  /** An entry of a record that is held, with all that was hashed. */
  entry(seq: number): ChainEntry | undefined {
    return this.#ledger.get(seq);
  }

  holds() {
    const { sinks = [], capacity } = this.#deps;
    const { size, evicted, denied } = this.#shelf;
    return {
      since: (evicted > 0 ? this.#shelf.oldestAt() : null) ?? this.#startedAt,
      capacity,
      size,
      evicted,
      source: sinks.some(({ readBack }) => readBack) ? ("file" as const) : ("memory" as const),
      denied,
      copies: this.#copies.state(),
    };
  }

  copies() {
    return this.#copies.state();
  }

  chain() {
    return {
      head: this.#chain.head,
      consistent: this.check().ok,
      last_copied_out_at: this.#copies.lastSavedAt(),
    };
  }

  /** The newest entry there ever was; null before the first. */
  head(): Head {
    const { seq, head } = this.#chain;
    return seq === 0 ? null : { seq, hash: head };
  }

  /** The newest entry there was when a record that is held began; null before the first. */
  headBefore(id: string): Head {
    const first = this.#shelf.get(id)?.entries[0];
    return first === undefined || first.seq === 1 ? null : { seq: first.seq - 1, hash: first.prev_hash };
  }

  check(): ChainCheck {
    const now = this.#deps.clock.now();
    if (this.#checked === null || now - this.#checked.at > CHECK_GOOD_FOR_MS || now < this.#checked.at)
      this.#checked = { at: now, result: this.#ledger.check(this.#deps.sha256) };
    return this.#checked.result;
  }

  /** Takes over the next entry of an earlier process. */
  resume(entry: ChainEntry): void {
    this.#hold(entry);
    this.#chain.resumeAfter(entry);
  }

  close(): Promise<void> {
    return this.#copies.close();
  }

  #tellUnrecorded(): void {
    const attempts = this.#untold;
    this.#untold = 0;
    if (attempts > 0) this.onUnrecorded(attempts);
  }

  #append(content: EntryContent, isDenied = false): Promise<void> {
    const entry = this.#chain.append(content);
    const saved = this.#copies.push(JSON.stringify(entry));
    const record = this.#hold(entry, isDenied);
    if (record) this.onChange(record);
    return saved;
  }

  #hold(entry: ChainEntry, isDenied = false): AuditRecord | null {
    const record = applyEntry(this.#shelf.get(entry.id) ?? null, entry);
    this.#ledger.add(entry);
    if (record) this.#shelf.put(record, isDenied);
    else this.#ledger.evict([entry.seq]);
    return record;
  }
}
