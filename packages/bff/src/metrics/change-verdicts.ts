import type { Marker, QueueSummary, Verdict } from "@spillway/contract/schemas";
import type { MarkerStore } from "../seams.ts";
import { CHANGE_COUNTS_MS } from "./verdicts.ts";

type SinceChange = QueueSummary["since_change"];

/** Each is judged by up to an hour of samples: so many queues that changed last, at most. */
const MOST = 50;

interface ChangeVerdictsOptions {
  markers: Pick<MarkerStore, "list">;
  judge: (queue: string) => Verdict;
}

/** How those queues go that were changed lately: judged once a tick, however many look. */
export class ChangeVerdicts {
  readonly #options: ChangeVerdictsOptions;
  /** What the verdicts below are of. */
  #moment: object | null = null;
  #verdicts: ReadonlyMap<string, SinceChange> = new Map();

  constructor(options: ChangeVerdictsOptions) {
    this.#options = options;
  }

  /** `moment`: the tick, by identity; `now`: epoch ms. */
  at(moment: object, now: number): ReadonlyMap<string, SinceChange> {
    if (moment !== this.#moment) {
      this.#moment = moment;
      const changed = changedLast(this.#options.markers.list({ from: now - CHANGE_COUNTS_MS, to: now }));
      this.#verdicts = new Map(changed.map((queue) => [queue, this.#judge(queue)]));
    }
    return this.#verdicts;
  }

  #judge(queue: string): SinceChange {
    const { state, since } = this.#options.judge(queue);
    return { state, since };
  }
}

/** What concerns every queue is told for all of them together; a note changes nothing. */
function changedLast(markers: readonly Marker[]): string[] {
  const queues = new Set<string>();
  for (const { queue, kind } of markers.toReversed()) {
    if (queue !== null && kind !== "note") queues.add(queue);
    if (queues.size === MOST) break;
  }
  return [...queues];
}
