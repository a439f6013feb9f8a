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
    this.total = staffOf(atWork, known);
  }

  of(queue: string): Staff {
    return staffOf(this.#byQueue.get(queue) ?? [], this.#known);
  }
}

function staffOf(team: readonly LedgerEntry[], known: boolean): Staff {
  if (!known) return { workers: null, slots: null };
  const slots = team.reduce<number | null>(
    (sum, { worker }) => (sum === null || worker.concurrency === null ? null : sum + worker.concurrency),
    0,
  );
  return { workers: team.length, slots };
}
