import type { QueueSnapshot } from "@spillway/engine";
import type { EndedPause } from "@spillway/triage";

/** The last pause of a queue. Epoch ms. */
export interface Pause {
  /** Null: it was paused before anybody looked. */
  from: number | null;
  /** Null: it still is. */
  until: number | null;
  waitingBefore: number;
  waitingAfter: number;
}

/** Remembers the last pause of each queue: what it left behind outlasts it. */
export class Pauses {
  readonly #pauses = new Map<string, Pause>();
  #looked = false;

  /** Takes what all queues are at a time. */
  observe(queues: readonly Pick<QueueSnapshot, "name" | "paused" | "counts">[], at: number): void {
    const gone = new Set(this.#pauses.keys());
    for (const { name, paused, counts } of queues) {
      gone.delete(name);
      const last = this.#pauses.get(name);
      const isOpen = last !== undefined && last.until === null;
      if (paused && !isOpen) {
        const from = this.#looked ? at : null;
        const { waiting } = counts;
        this.#pauses.set(name, { from, until: null, waitingBefore: waiting, waitingAfter: waiting });
      } else if (isOpen) {
        last.waitingAfter = counts.waiting;
        if (!paused) last.until = at;
      }
    }
    for (const name of gone) this.#pauses.delete(name);
    this.#looked = true;
  }

  of(queue: string): Pause | null {
    return this.#pauses.get(queue) ?? null;
  }
}

/** The same, if it is over. */
export function endedPause(pause: Pause | null): EndedPause | null {
  if (pause === null || pause.until === null) return null;
  return { ...pause, until: pause.until };
}
