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
}

/** Writes down how operations go. Without a store it writes nothing and says that all is well. */
export class Journal {
  readonly #deps: JournalDeps;
  readonly #fates = new Map<Operation, Set<number>>();
  #cancelFates: (() => void) | null = null;
  #last: Promise<void> = Promise.resolve();

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
    const pending: Promise<void>[] = [];
    for (const line of linesOf(operation, engine)) {
      pending.push(store.append(JSON.stringify(line)));
      // A million jobs are 80 MB of lines: not all at once.
      if (pending.length >= AT_ONCE) await Promise.all(pending.splice(0));
    }
    await Promise.all(pending);
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
    void this.#write(() => ({ line: "gone", id }));
  }

  /** Puts these in the place of all that was written. A file that can't be replaced goes on as it is. */
  async compact(operations: Iterable<Operation>): Promise<void> {
    const { store, engine, log } = this.#deps;
    if (store === undefined) return;
    try {
      await store.replace(textsOf(operations, engine));
    } catch (error) {
      log.error("The operations file could not be made smaller.", { error });
    }
  }

  /** Resolves when all is written. */
  async close(): Promise<void> {
    this.#writeFates();
    await this.#last;
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
    const written = store
      .append(JSON.stringify(make()))
      .catch((error: unknown) => log.error("An operation could not be written down.", { error }));
    this.#last = this.#last.then(() => written);
    return written;
  }
}

function* textsOf(operations: Iterable<Operation>, engine: string): Generator<string> {
  for (const operation of operations)
    for (const line of linesOf(operation, engine)) yield JSON.stringify(line);
}
