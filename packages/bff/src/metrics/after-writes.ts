import type { Clock } from "@spillway/engine";

/** How long after a write the next sample is taken, so that many writes in a row ask for one. Ms. */
const SOON_MS = 250;

/**
 * Looks at the engine again after writes: soon by itself, and at once if somebody who may have written asks for a picture. So
 * nobody is shown a picture from before what they did.
 */
export class AfterWrites {
  readonly #clock: Clock;
  readonly #look: () => Promise<void>;
  #cancel: (() => void) | null = null;
  #isAwaited = false;
  #latest: Promise<void> = Promise.resolve();

  /** @param look Takes a sample that begins after now; does not reject. */
  constructor(clock: Clock, look: () => Promise<void>) {
    this.#clock = clock;
    this.#look = look;
  }

  /** Somebody did something, and will look. */
  acted(): void {
    this.#isAwaited = true;
    this.changed();
  }

  /** Something goes on in the background: nobody waits to see this very change. */
  changed(): void {
    this.#cancel ??= this.#clock.after(SOON_MS, () => this.#lookNow());
  }

  /** Resolves when a sample was taken since the last action. */
  seen(): Promise<void> {
    if (this.#isAwaited) this.#lookNow();
    return this.#latest;
  }

  #lookNow(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#isAwaited = false;
    this.#latest = this.#latest.then(this.#look);
  }
}
