import type { Clock } from "@spillway/engine";

/** How work was told to end: for good, or because the process goes away and will take it up again. */
export type Stop = "cancelled" | "left";

/**
 * The hand on the valve: whatever works in the background passes here between two steps, and sleeps here. Every turn of
 * it is felt at once.
 */
export class Valve {
  readonly #clock: Clock;
  readonly #sleepers = new Set<() => void>();
  #isPaused = false;
  #stop: Stop | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** How it was stopped; null while it was not. */
  get stopped(): Stop | null {
    return this.#stop;
  }

  pause(): void {
    this.#isPaused = true;
    this.wake();
  }

  resume(): void {
    this.#isPaused = false;
    this.wake();
  }

  stop(how: Stop): void {
    this.#stop ??= how;
    this.wake();
  }

  /** Whoever sleeps looks around. */
  wake(): void {
    for (const wake of this.#sleepers) wake();
  }

  /** Resolves to true once it is open, to false once it is stopped. */
  async open(): Promise<boolean> {
    while (this.#stop === null && this.#isPaused) await this.sleep(null);
    return this.#stop === null;
  }

  /** Sleeps so many ms, or until woken if null; any turn of the valve ends it sooner. */
  async sleep(ms: number | null): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = ms === null ? () => undefined : this.#clock.after(ms, resolve);
    this.#sleepers.add(resolve);
    await promise;
    this.#sleepers.delete(resolve);
    cancel();
  }
}
