import type { Clock } from "@spillway/engine";
import type { Logger, OperationsStore } from "../../deps.ts";
import type { Operation } from "../operation.ts";
import type { Chunk } from "../run/chunk-plan.ts";
import type { Line } from "./lines.ts";
import { chunkLine, fatesLine, linesOf, standingLine } from "./write-lines.ts";

/** How long fates are gathered before they are written. Ms. */
const GATHER_MS = 1_000;
/** Lines of one operation on their way to the store. */
const AT_ONCE = 50;

export interface JournalDeps {
  store: OperationsStore | undefined;
  clock: Clock;
  log: Logger;
  /** The engine's name: jobs of another are not these. */
  engine: string;
  /** All operations there are, oldest first. */
  operations: () => Iterable<Operation>;
}

/**
 * Writes down how operations go. Without a store it writes nothing and says that all is well. What is written grows with all that
 * happens, so that now and then it is put anew: it is never more than twice what is needed, and some slack.
 */
export class Journal {
  readonly #deps: JournalDeps;
  readonly #fates = new Map<Operation, Set<number>>();
  #cancelFates: (() => void) | null = null;
  #last: Promise<void> = Promise.resolve();
  /** Those whose beginning is written: another may yet fail to begin, and must not be taken up then. */
  readonly #begun = new Set<string>();
  #beginning = 0;
  #isCompacting = false;
  /** Characters: what was put anew, and what was written since. */
  #needed = 0;
  #grown = 0;

  constructor(deps: JournalDeps) {
    this.#deps = deps;
  }

  get isKept(): boolean {
    return this.#deps.store !== undefined;
  }

  /** Resolves when the operation could be taken up from here; rejects if it can't be written. */
  async begin(operation: Operation): Promise<void> {
    const { store, engine } = this.#deps;
    if (store === undefined) return;
    this.#beginning++;
    try {
      const pending: Promise<void>[] = [];
      for (const line of linesOf(operation, engine)) {
        pending.push(this.#append(store, line));
        // A million jobs are 80 MB of lines: not all at once.
        if (pending.length >= AT_ONCE) await Promise.all(pending.splice(0));
      }
      await Promise.all(pending);
      this.#begun.add(operation.id);
    } finally {
      this.#beginning--;
    }
    this.#compactIfDue();
  }

  /** Resolves when it is written, or could not be. A verdict is written after the fates it rests on. */
  standing(operation: Operation): Promise<void> {
    this.#writeFates();
    return this.#write(() => standingLine(operation));
  }

  chunk(operation: Operation, chunk: Chunk): void {
    void this.#write(() => chunkLine(operation, chunk));
  }

  fate(operation: Operation, position: number): void {
    if (!this.isKept) return;
    const gathered = this.#fates.get(operation) ?? new Set();
    this.#fates.set(operation, gathered.add(position));
    this.#cancelFates ??= this.#deps.clock.after(GATHER_MS, () => this.#writeFates());
  }

  gone(id: string): void {
    this.#begun.delete(id);
    void this.#write(() => ({ line: "gone", id }));
  }

  /** Takes over what an earlier process wrote, and puts that anew. */
  async resume(): Promise<void> {
    for (const { id } of this.#deps.operations()) this.#begun.add(id);
    await this.#compact();
  }

  /** Resolves when all is written. */
  async close(): Promise<void> {
    this.#writeFates();
    await this.#last;
  }

  /** Half a beginning put twice would be two halves: it waits until none is being written. */
  #compactIfDue(): void {
    const slack = this.#deps.store?.slack ?? Number.POSITIVE_INFINITY;
    if (this.#grown <= this.#needed + slack || this.#isCompacting || this.#beginning > 0) return;
    const compacted = this.#compact();
    this.#last = this.#last.then(() => compacted);
  }

  /** What can't be put anew goes on as it is, and is tried again once it has grown as much again. */
  async #compact(): Promise<void> {
    const { store, log } = this.#deps;
    if (store === undefined) return;
    this.#isCompacting = true;
    const before = this.#grown;
    let size = 0;
    try {
      await store.replace(this.#texts((characters) => (size += characters)));
      this.#needed = size;
      this.#grown -= before;
    } catch (error) {
      log.error("The operations file could not be made smaller.", { error });
      this.#needed += before;
      this.#grown -= before;
    } finally {
      this.#isCompacting = false;
    }
  }

  *#texts(count: (characters: number) => void): Generator<string> {
    const { operations, engine } = this.#deps;
    for (const operation of operations()) {
      if (!this.#begun.has(operation.id)) continue;
      for (const line of linesOf(operation, engine)) {
        const text = JSON.stringify(line);
        count(text.length);
        yield text;
      }
    }
  }

  #append(store: OperationsStore, line: Line): Promise<void> {
    const text = JSON.stringify(line);
    this.#grown += text.length;
    return store.append(text);
  }

  #writeFates(): void {
    this.#cancelFates?.();
    this.#cancelFates = null;
    for (const [operation, positions] of this.#fates) void this.#write(() => fatesLine(operation, positions));
    this.#fates.clear();
  }

  /** What can't be written is logged: the operation goes on, and after a restart a little further back. */
  #write(make: () => Line): Promise<void> {
    const { store, log } = this.#deps;
    if (store === undefined) return Promise.resolve();
    const written = this.#append(store, make()).catch((error: unknown) =>
      log.error("An operation could not be written down.", { error }),
    );
    this.#last = this.#last.then(() => written);
    this.#compactIfDue();
    return written;
  }
}
