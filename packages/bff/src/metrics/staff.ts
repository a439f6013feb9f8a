import type { WorkerRecord } from "@spillway/engine";
import type { LedgerEntry } from "@spillway/triage";
import type { Staff } from "./record-rows.ts";

/** Who serves which queue now: workers that neither stopped nor went silent for long. */
export class StaffRoll {
  readonly total: Staff;
  readonly #byQueue = new Map<string, LedgerEntry[]>();
  readonly #known: boolean;

  /** `known` is false where the engine does not tell who works: then every number is unknown, not zero. */
  constructor(entries: readonly LedgerEntry[], known: boolean) {
    this.#known = known;
    const atWork = entries.filter((entry) => entry.endedAt === null);
    for (const entry of atWork)
      for (const queue of entry.worker.queues) {
        const team = this.#byQueue.get(queue);
        if (team === undefined) this.#byQueue.set(queue, [entry]);
        else team.push(entry);
      }
    this.total = staffOf(atWork, known, ({ concurrency }) => concurrency);
  }

  of(queue: string): Staff {
    return staffOf(this.#byQueue.get(queue) ?? [], this.#known, (worker) => slotsFor(worker, queue));
  }
}

/** A worker that has slots for each of its queues lends none of them to another. */
function slotsFor({ concurrency, concurrencyByQueue: own }: WorkerRecord, queue: string): number | null {
  return own === null ? concurrency : (own[queue] ?? null);
}

function staffOf(
  team: readonly LedgerEntry[],
  known: boolean,
  slotsOf: (worker: WorkerRecord) => number | null,
): Staff {
  if (!known) return { workers: null, slots: null };
  let slots: number | null = 0;
  for (const { worker } of team) {
    const more = slotsOf(worker);
    slots = slots === null || more === null ? null : slots + more;
  }
  return { workers: team.length, slots };
}
