import type { AuditRecord } from "@spillway/contract/schemas";
import type { Clock } from "@spillway/engine";
import { ulid } from "ulid";
import type { AuditSink, Logger } from "../deps.ts";
import { Chain, type ChainCheck } from "./chain.ts";
import type { ChainEntry, EntryContent, Intent, Outcome } from "./entry.ts";
import { Ledger } from "./ledger.ts";
import { Outbox } from "./outbox.ts";
import { applyEntry } from "./project.ts";

/** A full check reads all that is held: its answer is good for so long. Ms. */
const CHECK_GOOD_FOR_MS = 10_000;

export interface AuditStoreDeps {
  clock: Clock;
  log: Logger;
  sha256: (text: string) => string;
  /** How many records are kept. */
  capacity: number;
  sink?: AuditSink | undefined;
}

/** Told of a record as it is now, whenever an entry changed it. */
export type AuditListener = (record: AuditRecord) => void;

/** The records of this process, newest last, and the chain they are projected from. Pending records are never evicted. */
export class AuditStore {
  readonly capacity: number;
  readonly #deps: AuditStoreDeps;
  readonly #chain: Chain;
  readonly #ledger = new Ledger();
  readonly #outbox: Outbox | null;
  readonly #byId = new Map<string, AuditRecord>();
  readonly #startedAt: string;
  #evicted = 0;
  #checked: { at: number; result: ChainCheck } | null = null;
  onChange: AuditListener = () => undefined;

  constructor(deps: AuditStoreDeps) {
    this.#deps = deps;
    this.capacity = deps.capacity;
    this.#chain = new Chain(deps.clock, deps.sha256);
    const { sink, clock, log } = deps;
    this.#outbox = sink ? new Outbox({ sink, clock, log, capacity: deps.capacity * 2 }) : null;
    this.#startedAt = new Date(deps.clock.now()).toISOString();
  }

  /** Records the intent; `saved` rejects if it could not be copied out, and then the effect must not happen. */
  begin(intent: Intent): { id: string; saved: Promise<void> } {
    const id = ulid(this.#deps.clock.now());
    return { id, saved: this.#append({ kind: "intent", id, body: intent }) };
  }

  /** Records what came of it. The effect is done: a sink that fails is logged and caught up with, not thrown. */
  async complete(id: string, kind: "outcome" | "resolution", outcome: Outcome): Promise<void> {
    await this.#append({ kind, id, body: outcome }).catch(() => undefined);
  }

  get(id: string): AuditRecord | undefined {
    return this.#byId.get(id);
  }

  /** Oldest first. */
  records(): IterableIterator<AuditRecord> {
    return this.#byId.values();
  }

  newestFirst(): AuditRecord[] {
    return [...this.#byId.values()].reverse();
  }

  holds() {
    const oldest = this.#evicted > 0 ? this.#byId.values().next().value?.timestamp : undefined;
    return {
      since: oldest ?? this.#startedAt,
      capacity: this.capacity,
      size: this.#byId.size,
      evicted: this.#evicted,
      source: this.#outbox === null ? ("memory" as const) : ("file" as const),
    };
  }

  chain() {
    const copiedAt = this.#outbox?.lastCopiedAt ?? null;
    return {
      head: this.#chain.head,
      consistent: this.check().ok,
      last_copied_out_at: copiedAt === null ? null : new Date(copiedAt).toISOString(),
    };
  }

  check(): ChainCheck {
    const now = this.#deps.clock.now();
    if (this.#checked === null || now - this.#checked.at > CHECK_GOOD_FOR_MS || now < this.#checked.at)
      this.#checked = { at: now, result: this.#ledger.check(this.#deps.sha256) };
    return this.#checked.result;
  }

  /** Takes over the entries of an earlier process, oldest first. */
  resume(entries: readonly ChainEntry[]): void {
    for (const entry of entries) {
      this.#hold(entry);
      this.#chain.resumeAfter(entry);
    }
    const size = this.#byId.size;
    this.#evict(size - this.capacity);
  }

  close(): Promise<void> {
    return this.#outbox?.close() ?? Promise.resolve();
  }

  #append(content: EntryContent): Promise<void> {
    const entry = this.#chain.append(content);
    const saved = this.#outbox?.push(JSON.stringify(entry)) ?? Promise.resolve();
    const record = this.#hold(entry);
    this.#evict(this.#byId.size - this.capacity);
    if (record) this.onChange(record);
    return saved;
  }

  #hold(entry: ChainEntry): AuditRecord | null {
    const record = applyEntry(this.#byId.get(entry.id) ?? null, entry);
    this.#ledger.add(entry);
    if (record) this.#byId.set(entry.id, record);
    else this.#ledger.evict([entry.seq]);
    return record;
  }

  #evict(tooMany: number): void {
    if (tooMany <= 0) return;
    for (const record of this.#byId.values()) {
      if (record.status === "pending") continue;
      this.#byId.delete(record.id);
      this.#ledger.evict(record.entries.map(({ seq }) => seq));
      this.#evicted++;
      if (--tooMany <= 0) return;
    }
  }
}
