import type { LiveHub } from "../seams.ts";
import { sampleAt } from "./history.ts";
import type { HistoryStore } from "./history-store.ts";
import type { Reader } from "./reader.ts";

/** Sends what differs from what was sent before. */
export class Publisher {
  readonly #hub: LiveHub;
  readonly #queues = new Changes();
  readonly #workers = new Changes();
  #overview = "";

  constructor(hub: LiveHub) {
    this.#hub = hub;
  }

  pictures(reader: Reader): void {
    const overview = reader.overview();
    const { as_of } = overview;
    const text = JSON.stringify({ ...overview, as_of: null, engine: overview.engine.status });
    if (text !== this.#overview) this.#hub.publish("overview", overview);
    this.#overview = text;
    const queues = this.#queues.of(reader.summaries(), (queue) => queue.name, JSON.stringify);
    if (queues !== null) this.#hub.publish("queues", { as_of, ...queues });
    // The age of a heartbeat grows by itself: whoever has its time can reckon it.
    const workers = this.#workers.of(
      reader.allWorkers(),
      (worker) => worker.id,
      (worker) => JSON.stringify({ ...worker, heartbeat_age_s: null }),
    );
    if (workers !== null) this.#hub.publish("workers", { as_of, ...workers });
  }

  /** The newest tick of all queues together, and of each for those who look at it. */
  newestSample(history: HistoryStore, queues: Iterable<string>): void {
    const { timeline, total } = history;
    const tick = timeline.next - 1;
    this.#hub.publish("metrics", { queue: null, sample: sampleAt(timeline, total, tick) });
    for (const queue of queues) {
      const one = history.series(queue);
      if (one === undefined) continue;
      this.#hub.publish("metrics", { queue, sample: sampleAt(timeline, one, tick) }, `queue:${queue}`);
    }
  }
}

/** What changed in a list since it was last asked. */
class Changes {
  #before = new Map<string, string>();

  of<T>(
    items: readonly T[],
    key: (item: T) => string,
    text: (item: T) => string,
  ): { changed: T[]; removed: string[] } | null {
    const now = new Map(items.map((item) => [key(item), text(item)]));
    const changed = items.filter((item) => this.#before.get(key(item)) !== now.get(key(item)));
    const removed = [...this.#before.keys()].filter((name) => !now.has(name));
    this.#before = now;
    return changed.length === 0 && removed.length === 0 ? null : { changed, removed };
  }
}
