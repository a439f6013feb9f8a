import type { Clock } from "@spillway/engine";

interface Appointment {
  at: number;
  order: number;
  task: (() => void) | null;
}

const before = (left: Appointment, right: Appointment): boolean =>
  left.at < right.at || (left.at === right.at && left.order < right.order);

/**
 * Everything the engine will do later, in one heap behind one timer of the clock. While it works off what is due,
 * `now()` is the moment each thing was due, so a late timer, a sleeping tab or a fast-forwarded past leave the same history.
 */
export class Agenda {
  readonly #clock: Clock;
  readonly #heap: Appointment[] = [];
  #order = 0;
  #virtualNow: number | null = null;
  #disarm: (() => void) | null = null;
  #armedFor = Number.POSITIVE_INFINITY;
  #closed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Epoch ms. */
  now(): number {
    return this.#virtualNow ?? this.#clock.now();
  }

  /** Does `task` at this time (epoch ms, rounded up), or as soon as possible; returns how to call it off. */
  at(time: number, task: () => void): () => void {
    this.#order += 1;
    const appointment: Appointment = { at: Math.ceil(Math.max(time, this.now())), order: this.#order, task };
    this.#push(appointment);
    this.#arm();
    return () => {
      appointment.task = null;
    };
  }

  after(ms: number, task: () => void): () => void {
    return this.at(this.now() + ms, task);
  }

  /** Does all that is due. Called before every read and write, so that none sees the past. */
  catchUp(): void {
    if (this.#virtualNow === null) this.#runUntil(this.#clock.now());
  }

  /** Lets `begin` set things up `ms` ago, then lives through the time since, at once. */
  replay(ms: number, begin: () => void): void {
    const present = this.#clock.now();
    this.#virtualNow = present - ms;
    try {
      begin();
    } finally {
      this.#virtualNow = null;
    }
    this.#runUntil(present);
  }

  /** Calls everything off. */
  clear(): void {
    this.#heap.length = 0;
    this.#disarm?.();
    this.#disarm = null;
    this.#armedFor = Number.POSITIVE_INFINITY;
  }

  close(): void {
    this.#closed = true;
    this.clear();
  }

  #runUntil(present: number): void {
    try {
      for (let next = this.#heap[0]; next && next.at <= present; next = this.#heap[0]) {
        this.#pop();
        if (!next.task) continue;
        this.#virtualNow = next.at;
        next.task();
      }
    } finally {
      this.#virtualNow = null;
      this.#arm();
    }
  }

  #arm(): void {
    if (this.#virtualNow !== null || this.#closed) return;
    const next = this.#heap[0];
    if (!next || next.at === this.#armedFor) return;
    this.#disarm?.();
    this.#armedFor = next.at;
    this.#disarm = this.#clock.after(next.at - this.#clock.now(), () => {
      this.#armedFor = Number.POSITIVE_INFINITY;
      this.#disarm = null;
      this.catchUp();
      this.#arm();
    });
  }

  #push(appointment: Appointment): void {
    const heap = this.#heap;
    let hole = heap.length;
    heap.push(appointment);
    while (hole > 0) {
      const above = (hole - 1) >> 1;
      const parent = heap[above];
      if (!parent || !before(appointment, parent)) break;
      heap[hole] = parent;
      hole = above;
    }
    heap[hole] = appointment;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let hole = 0;
    for (;;) {
      let below = hole * 2 + 1;
      let child = heap[below];
      if (!child) break;
      const other = heap[below + 1];
      if (other && before(other, child)) {
        below += 1;
        child = other;
      }
      if (!before(child, last)) break;
      heap[hole] = child;
      hole = below;
    }
    heap[hole] = last;
  }
}
