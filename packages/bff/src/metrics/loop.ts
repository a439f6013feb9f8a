import type { Clock } from "@spillway/engine";

export interface LoopOptions {
  clock: Clock;
  intervalMs: number;
  /** Does the work of one tick; must not reject. */
  tick: () => Promise<void>;
  /** Called for each slot that passed without a tick, at most `mostMissed` of one pause. */
  missed: (at: number) => void;
  mostMissed: number;
}

export interface Loop {
  /** Begins with a tick at once. */
  start(): void;
  /** Ticks now, or joins the tick in flight. */
  tickNow(): Promise<void>;
  /** Takes a tick that begins after now: one in flight may not see what just happened. */
  tickAnew(): Promise<void>;
  /** Resolves when no tick is in flight any more. */
  stop(): Promise<void>;
}

/** Ticks at even times, one after the other. A slot that passes during a slow tick is missed, never made up for. */
export function createLoop({ clock, intervalMs, tick, missed, mostMissed }: LoopOptions): Loop {
  let inFlight: Promise<void> | null = null;
  let cancel: (() => void) | null = null;
  let running = false;
  let slot = 0;

  function tickNow(): Promise<void> {
    inFlight ??= tick().finally(() => {
      inFlight = null;
    });
    return inFlight;
  }

  function skipPassedSlots(): void {
    const passed = Math.floor((clock.now() - slot) / intervalMs);
    for (let i = Math.max(0, passed - mostMissed); i < passed; i++) missed(slot + i * intervalMs);
    slot += Math.max(0, passed) * intervalMs;
  }

  async function scheduled(): Promise<void> {
    if (!running) return;
    skipPassedSlots();
    await tickNow();
    slot += intervalMs;
    if (running) cancel = clock.after(Math.max(0, slot - clock.now()), () => void scheduled());
  }

  return {
    start() {
      if (running) return;
      running = true;
      slot = clock.now();
      void scheduled();
    },
    tickNow,
    tickAnew: () => (inFlight === null ? tickNow() : inFlight.then(tickNow)),
    async stop() {
      running = false;
      cancel?.();
      await inFlight;
    },
  };
}
