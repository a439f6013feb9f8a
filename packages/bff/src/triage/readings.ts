import type { Clock, QueueEngine } from "@spillway/engine";
import type { Conceal } from "@spillway/triage";
import { Budget, FIRST_ANSWER, FOLLOW_UP } from "../limits/budget.ts";
import { type FailedFilter, FailedScan } from "./failed-scan.ts";

/** Readings kept for the next request: a whole one of 500 shapes may hold 9 MB. */
const MOST_READINGS = 8;
/** So many failed jobs are not read again whenever one of them was retried, but at most this often. */
const LARGE = 20_000;
const AGAIN_AFTER_MS = 30_000;

/** What is shown, and what will replace it once it is through: figures never fall back to those of a sample. */
interface Reading {
  shown: FailedScan;
  next: FailedScan | null;
}

export interface Readings {
  /** Reads on, as far as one request may, and gives what can be shown. `queue_not_found` as the engine says. */
  advance(queue: string, filter: FailedFilter): Promise<FailedScan>;
  /** Forgets all: another world was loaded. */
  clear(): void;
}

/** The readings of failed jobs under way or done, one per queue and filter. */
export function createReadings(
  engine: Pick<QueueEngine, "queue" | "scan">,
  clock: Clock,
  conceal: Conceal,
): Readings {
  /** In the order of their last use. */
  const readings = new Map<string, Reading>();
  const underWay = new Map<string, Promise<FailedScan>>();

  function open(key: string, begin: () => FailedScan): Reading {
    const reading = readings.get(key) ?? { shown: begin(), next: null };
    readings.delete(key);
    readings.set(key, reading);
    if (readings.size > MOST_READINGS)
      for (const oldest of [...readings.keys()].slice(0, 1)) readings.delete(oldest);
    return reading;
  }

  async function advance(key: string, queue: string, filter: FailedFilter): Promise<FailedScan> {
    const begin = () => new FailedScan(engine, queue, filter, { now: clock.now(), conceal });
    const budget = new Budget(clock, readings.has(key) ? FOLLOW_UP : FIRST_ANSWER);
    const reading = open(key, begin);
    await reading.shown.goOn(budget);
    if (reading.shown.isOff && mayReadAgain(reading.shown)) reading.next ??= begin();
    await reading.next?.goOn(budget);
    if (reading.next?.complete) {
      reading.shown = reading.next;
      reading.next = null;
    }
    return reading.shown;
  }

  function mayReadAgain({ scanned, left, startedAt }: FailedScan): boolean {
    return scanned - left <= LARGE || clock.now() - startedAt >= AGAIN_AFTER_MS;
  }

  return {
    /** Two who ask at once read once. */
    advance(queue, filter) {
      const key = JSON.stringify([queue, filter.task, filter.from ?? null, filter.to ?? null]);
      const going = underWay.get(key) ?? advance(key, queue, filter).finally(() => underWay.delete(key));
      underWay.set(key, going);
      return going;
    },
    clear() {
      readings.clear();
      underWay.clear();
    },
  };
}
