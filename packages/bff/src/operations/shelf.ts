import type { Operation } from "./operation.ts";

/** How many that ended are kept, and how many jobs they may hold together. */
const MOST_ENDED = 200;
const MOST_JOBS = 1_000_000;

/** Where operations are kept: those that ended within bounds, the others always. */
export class Shelf {
  /** Oldest first. */
  readonly #operations = new Map<string, Operation>();

  get(id: string): Operation | null {
    return this.#operations.get(id) ?? null;
  }

  newestFirst(): Operation[] {
    return [...this.#operations.values()].reverse();
  }

  remove(id: string): void {
    this.#operations.delete(id);
  }

  /** The one that does this in the queue now; or the one that will do it later. */
  underWay(action: string, queue: string, later = false): Operation | undefined {
    return this.#operations
      .values()
      .find(
        ({ order, hasEnded, isScheduled }) =>
          !hasEnded && isScheduled === later && order.action === action && order.queue === queue,
      );
  }

  /** Keeps one more; returns those that had to go for it. */
  put(operation: Operation): Operation[] {
    this.#operations.set(operation.id, operation);
    const ended = this.newestFirst().filter(isOver);
    const gone: Operation[] = [];
    let jobs = 0;
    for (const [i, one] of ended.entries()) {
      jobs += one.jobs?.size ?? 0;
      if (i < MOST_ENDED && (jobs <= MOST_JOBS || i === 0)) continue;
      this.#operations.delete(one.id);
      gone.push(one);
    }
    return gone;
  }
}

/** What still holds jobs can be undone: it stays. */
function isOver({ hasEnded, standing }: Operation): boolean {
  return hasEnded && (standing.held === null || standing.held.left === 0);
}
