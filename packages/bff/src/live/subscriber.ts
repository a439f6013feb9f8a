import type { Frame, FrameRing } from "./frames.ts";

/** How far a client may fall behind what was published since it came. */
export const MAX_PENDING_EVENTS = 256;
export const MAX_PENDING_BYTES = 1_048_576;

export interface SubscriberSource {
  ring: FrameRing;
  /** The number of the newest frame. */
  head(): number;
  /** A frame that says: read everything again; its id is that of the newest frame. */
  resync(reason: string): Uint8Array;
}

/**
 * One client's place in the shared ring: nothing is kept per client but a few small frames of its own (hello,
 * heartbeat, resync, bye). It reads on when its socket has room; one that falls too far behind skips to the end.
 */
export class Subscriber {
  readonly #source: SubscriberSource;
  readonly #wants: (topic: string) => boolean;
  #own: Uint8Array[] = [];
  #position: number;
  /** Frames up to here were there when it came: the ring alone bounds how many it may still have to read. */
  readonly #liveFrom: number;
  #pendingEvents = 0;
  #pendingBytes = 0;
  /** Why what it has not read yet was given up; null while nothing was. */
  #lost: string | null = null;
  #wake: (() => void) | null = null;
  #closed = false;
  /** When it last took something, epoch ms. */
  lastTakenAt: number;

  constructor(source: SubscriberSource, wants: (topic: string) => boolean, position: number, now: number) {
    this.#source = source;
    this.#wants = wants;
    this.#position = position;
    this.#liveFrom = source.head();
    this.lastTakenAt = now;
  }

  /** Sends a frame of its own, before whatever it has not read yet. */
  say(bytes: Uint8Array): void {
    this.#own.push(bytes);
    this.#rouse();
  }

  /** Called after a frame was put into the ring. */
  published(frame: Frame): void {
    if (this.#closed || this.#lost !== null) return;
    if (!this.#wants(frame.topic)) {
      // Passed over at once: who wants little has nothing to read for long, and would count as somebody who reads nothing.
      if (this.#position === frame.seq - 1) this.#position = frame.seq;
      return;
    }
    this.#pendingEvents++;
    this.#pendingBytes += frame.bytes.length;
    if (this.#pendingEvents > MAX_PENDING_EVENTS || this.#pendingBytes > MAX_PENDING_BYTES)
      this.#lost = "This client reads slower than things happen.";
    this.#rouse();
  }

  /** The next bytes to send; resolves to null when it is over. */
  async take(now: () => number): Promise<Uint8Array | null> {
    for (;;) {
      const bytes = this.#own.shift() ?? (this.#closed ? null : this.#next());
      if (bytes !== undefined) {
        this.lastTakenAt = now();
        return bytes;
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  get isIdle(): boolean {
    return this.#own.length === 0 && this.#lost === null && this.#position >= this.#source.head();
  }

  /** Ends after its own frames were taken. */
  close(): void {
    this.#closed = true;
    this.#rouse();
  }

  #next(): Uint8Array | undefined {
    if (this.#lost !== null) return this.#skip(this.#lost);
    while (this.#position < this.#source.head()) {
      const frame = this.#source.ring.get(this.#position + 1);
      if (frame === undefined) return this.#skip("What was missed is no longer held.");
      this.#position = frame.seq;
      if (!this.#wants(frame.topic)) continue;
      if (frame.seq > this.#liveFrom) {
        this.#pendingEvents--;
        this.#pendingBytes -= frame.bytes.length;
      }
      return frame.bytes;
    }
    return undefined;
  }

  /** Goes to the end as it is now: whatever happened until the client reads the resync is covered by it. */
  #skip(reason: string): Uint8Array {
    this.#position = this.#source.head();
    this.#pendingEvents = 0;
    this.#pendingBytes = 0;
    this.#lost = null;
    return this.#source.resync(reason);
  }

  #rouse(): void {
    this.#wake?.();
    this.#wake = null;
  }
}
