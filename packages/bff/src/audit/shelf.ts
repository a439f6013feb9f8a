import type { AuditRecord } from "@spillway/contract/schemas";

/** Of the records that are kept, so many attempts that were not let in are kept besides. */
const DENIED_SHARE = 0.1;
const FEWEST_DENIED = 10;

/** What was turned away before anything could happen. */
const TURNED_AWAY: readonly (string | undefined)[] = [
  "forbidden",
  "misdirected",
  "unauthenticated",
  "rate_limited",
  "audit_unavailable",
];

/** Whether it tells of an attempt after which nothing can have happened. */
export const isTurnedAway = ({
  status,
  affected,
  error,
}: Pick<AuditRecord, "status" | "affected" | "error">): boolean =>
  status === "failed" && affected === 0 && TURNED_AWAY.includes(error?.code);

/**
 * Records in memory, up to a number. Those of attempts that were not let in have a room of their own, so that however many
 * come, they push out each other and nothing that was done. What is pending is never evicted.
 */
export class Shelf {
  readonly #capacity: number;
  readonly #deniedCapacity: number;
  readonly #onEvict: (record: AuditRecord) => void;
  /** In the order of their intents. */
  readonly #byId = new Map<string, AuditRecord>();
  readonly #denied = new Set<string>();
  #evicted = 0;
  #deniedEvicted = 0;

  constructor(capacity: number, onEvict: (record: AuditRecord) => void) {
    this.#capacity = capacity;
    this.#deniedCapacity = Math.max(FEWEST_DENIED, Math.floor(capacity * DENIED_SHARE));
    this.#onEvict = onEvict;
  }

  get(id: string): AuditRecord | undefined {
    return this.#byId.get(id);
  }

  records(): IterableIterator<AuditRecord> {
    return this.#byId.values();
  }

  /** How many there are, without those that were denied. */
  get size(): number {
    return this.#byId.size - this.#denied.size;
  }

  get evicted(): number {
    return this.#evicted;
  }

  get denied() {
    return { size: this.#denied.size, capacity: this.#deniedCapacity, evicted: this.#deniedEvicted };
  }

  /** When the oldest record that counts as evidence was made; null if there is none. */
  oldestAt(): string | null {
    for (const { id, timestamp } of this.#byId.values()) if (!this.#denied.has(id)) return timestamp;
    return null;
  }

  /** Adds a record, or what it became; then evicts what is too much. What was denied stays so, for whichever reason. */
  put(record: AuditRecord, isDenied: boolean): void {
    this.#byId.set(record.id, record);
    if (isDenied || isTurnedAway(record)) this.#denied.add(record.id);
    if (this.#denied.size > this.#deniedCapacity) this.#evictDenied();
    if (this.size > this.#capacity) this.#evictOldest();
  }

  #evictDenied(): void {
    for (const id of this.#denied) {
      if (this.#byId.get(id)?.status === "pending") continue;
      this.#denied.delete(id);
      this.#deniedEvicted++;
      this.#remove(id);
      return;
    }
  }

  #evictOldest(): void {
    for (const { id, status } of this.#byId.values()) {
      if (status === "pending" || this.#denied.has(id)) continue;
      this.#evicted++;
      this.#remove(id);
      return;
    }
  }

  #remove(id: string): void {
    const record = this.#byId.get(id);
    this.#byId.delete(id);
    if (record) this.#onEvict(record);
  }
}
