import { durationBucket, type Flows } from "@spillway/engine";

/** Counters of one queue since `since`; they only grow. */
export class FlowCounters {
  readonly since: number;
  enqueued = 0;
  started = 0;
  completed = 0;
  failedAttempts = 0;
  failed = 0;
  autoRetried = 0;
  operatorRetried = 0;
  stalled = 0;
  readonly #durations = new Map<number, number>();
  #durationSum = 0;

  constructor(since: number) {
    this.since = since;
  }

  /** Counts one run that took `ms`, however it ended. */
  measure(ms: number): void {
    const bucket = durationBucket(ms);
    this.#durations.set(bucket, (this.#durations.get(bucket) ?? 0) + 1);
    this.#durationSum += ms;
  }

  read(): Flows {
    return {
      since: this.since,
      enqueued: this.enqueued,
      started: this.started,
      completed: this.completed,
      failedAttempts: this.failedAttempts,
      failed: this.failed,
      autoRetried: this.autoRetried,
      operatorRetried: this.operatorRetried,
      stalled: this.stalled,
      durations: new Map(this.#durations),
      durationSum: this.#durationSum,
    };
  }
}
