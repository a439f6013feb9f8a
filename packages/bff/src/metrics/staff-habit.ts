import { type LearnedBaseline, learnedBaseline, type Trouble } from "@spillway/triage";

const MINUTE_MS = 60_000;
/** Calm minutes kept for each queue: those of 6 hours, or of longer if there was trouble in between. */
const MOST_MINUTES = 360;
/** Findings that say nothing of how many should work: a pause on purpose, and what somebody did elsewhere. */
const HARMLESS: ReadonlySet<string> = new Set(["paused", "changed_outside", "jobs_removed"]);
/** What is wrong with the workers of one queue is wrong with the total too; what is wrong with its jobs is not. */
const OF_WORKERS: ReadonlySet<string> = new Set(["no_workers", "too_few_workers", "worker_lost"]);

interface Habit {
  /** Queues end their minutes at different seconds: a thousand must not all be judged in one tick. */
  offset: number;
  minute: number;
  /** Of the minute that is under way: the last count, and whether nothing was wrong in all of it. */
  last: number | null;
  calm: boolean;
  /** Calm minutes since the epoch, and how many worked in each: small numbers, as there may be a thousand queues. */
  minutes: number[];
  workers: number[];
  baseline: LearnedBaseline | null;
}

/** Learns how many workers each queue usually has, and all together (null): one reading a minute, none in trouble. */
export class StaffHabit {
  readonly #habits = new Map<string | null, Habit>();

  /** After each good tick; `workers` is null where unknown, `troubled` see {@link teachesNothing}. */
  observe(queue: string | null, at: number, workers: number | null, troubled: boolean): void {
    const habit = this.#habits.get(queue) ?? this.#open(queue);
    const minute = Math.floor((at + habit.offset) / MINUTE_MS);
    if (minute !== habit.minute) {
      this.#end(habit, at);
      Object.assign(habit, { minute, last: null, calm: true });
    }
    habit.calm &&= !troubled;
    habit.last = workers ?? habit.last;
  }

  /** At most a minute old; null until there were enough calm minutes. */
  baseline(queue: string | null): LearnedBaseline | null {
    return this.#habits.get(queue)?.baseline ?? null;
  }

  forget(queue: string): void {
    this.#habits.delete(queue);
  }

  #open(queue: string | null): Habit {
    const offset = (this.#habits.size % 30) * 2_000;
    const begun = { minute: Number.NaN, last: null, calm: true, minutes: [], workers: [], baseline: null };
    const habit = { offset, ...begun };
    this.#habits.set(queue, habit);
    return habit;
  }

  #end(habit: Habit, now: number): void {
    const { minute, last, calm, minutes, workers, offset } = habit;
    if (calm && last !== null) {
      minutes.push(minute);
      workers.push(last);
      if (minutes.length > MOST_MINUTES) {
        minutes.shift();
        workers.shift();
      }
    }
    // A minute is told by its end.
    const at = (each: number): number => (each + 1) * MINUTE_MS - offset;
    const calmMinutes = minutes.map((each, i) => ({ at: at(each), workers: workers[i] ?? 0 }));
    habit.baseline = learnedBaseline(calmMinutes, now);
  }
}

/** Whether what a queue (null: all together) shows now is no habit to learn. */
export function teachesNothing(trouble: readonly Trouble[]): (queue: string | null) => boolean {
  const queues = new Set(trouble.filter(({ code }) => !HARMLESS.has(code)).map((finding) => finding.queue));
  const isStaffTroubled = trouble.some(({ code }) => OF_WORKERS.has(code));
  return (queue) => (queue === null ? isStaffTroubled : queues.has(queue) || queues.has(null));
}
