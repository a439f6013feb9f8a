import { durationBucket, type EngineEvent, type Flows } from "@spillway/engine";
import { BoundedMap } from "./bounded-map.ts";

/** How many running and re-queued jobs of one queue are remembered. */
const REMEMBERED_JOBS = 20_000;

/** One entry of a queue's event stream. */
export interface StreamEvent {
  at: number;
  event: string;
  jobId: string | null;
  /** The state it left, where BullMQ says so. */
  prev: string | null;
}

interface Counters {
  enqueued: number;
  started: number;
  completed: number;
  failedAttempts: number;
  failed: number;
  autoRetried: number;
  operatorRetried: number;
  stalled: number;
}

const zero = (): Counters => ({
  enqueued: 0,
  started: 0,
  completed: 0,
  failedAttempts: 0,
  failed: 0,
  autoRetried: 0,
  operatorRetried: 0,
  stalled: 0,
});

/**
 * The cumulative flows of one queue, told from its events.
 *
 * BullMQ 6 says, measured: a thrown run with backoff is `delayed` with nothing before it but `active`; without
 * backoff `waiting prev=active`; a final failure `failed prev=active`; an operator's retry `waiting prev=failed`.
 * A stalled job is also `waiting prev=active`, with `stalled` right after it: not a failed attempt.
 */
export class QueueFlows {
  private readonly queue: string;
  private since: number;
  private counters = zero();
  private durations = new Map<number, number>();
  private durationSum = 0;
  private readonly running = new BoundedMap<number>(REMEMBERED_JOBS);
  private readonly waiting = new BoundedMap<number>(REMEMBERED_JOBS);

  constructor(queue: string, since: number) {
    this.queue = queue;
    this.since = since;
  }

  /** Entries were missed: what was counted can't be gone on with. */
  restart(since: number): void {
    this.since = since;
    this.counters = zero();
    this.durations = new Map();
    this.durationSum = 0;
    this.running.clear();
    this.waiting.clear();
  }

  flows(): Flows {
    return {
      since: this.since,
      ...this.counters,
      durations: new Map(this.durations),
      durationSum: this.durationSum,
    };
  }

  /** When a job was seen to become waiting, other than by being added. */
  waitingSince(jobId: string): number | null {
    return this.waiting.get(jobId) ?? null;
  }

  /** Takes in a batch and returns what listeners should hear of it. */
  apply(events: readonly StreamEvent[]): EngineEvent[] {
    return events.flatMap((event, index) => {
      const type = this.take(event, events[index + 1]);
      return type === null ? [] : [{ at: event.at, type, queue: this.queue, jobId: event.jobId }];
    });
  }

  private take(entry: StreamEvent, next: StreamEvent | undefined): EngineEvent["type"] | null {
    const id = entry.jobId;
    if (id === null) return entry.event === "paused" || entry.event === "resumed" ? entry.event : null;
    switch (entry.event) {
      case "added":
        this.counters.enqueued += 1;
        return null;
      case "active":
        this.counters.started += 1;
        this.running.set(id, entry.at);
        this.waiting.take(id);
        return "started";
      case "completed":
        this.counters.completed += 1;
        this.endRun(id, entry.at);
        return "completed";
      case "failed":
        this.counters.failed += 1;
        this.waiting.take(id);
        if (entry.prev === "active") this.failRun(id, entry.at);
        return "failed";
      case "delayed":
        return this.running.get(id) === undefined ? null : this.retryRun(id, entry.at);
      case "waiting":
        return this.becomeWaiting(id, entry, next);
      case "removed":
        this.waiting.take(id);
        return "removed";
      case "stalled":
        this.counters.stalled += 1;
        return "stalled";
      default:
        return null;
    }
  }

  private becomeWaiting(
    id: string,
    entry: StreamEvent,
    next: StreamEvent | undefined,
  ): "attempt_failed" | null {
    if (entry.prev !== null) this.waiting.set(id, entry.at);
    if (entry.prev === "failed") this.counters.operatorRetried += 1;
    if (entry.prev !== "active") return null;
    if (next?.event === "stalled" && next.jobId === id) {
      this.running.take(id);
      return null;
    }
    return this.retryRun(id, entry.at);
  }

  private retryRun(id: string, at: number): "attempt_failed" {
    this.counters.autoRetried += 1;
    this.failRun(id, at);
    return "attempt_failed";
  }

  private failRun(id: string, at: number): void {
    this.counters.failedAttempts += 1;
    this.endRun(id, at);
  }

  /** A run that began before anybody listened has no measured duration. */
  private endRun(id: string, at: number): void {
    const began = this.running.take(id);
    if (began === undefined) return;
    const bucket = durationBucket(at - began);
    this.durations.set(bucket, (this.durations.get(bucket) ?? 0) + 1);
    this.durationSum += at - began;
  }
}
