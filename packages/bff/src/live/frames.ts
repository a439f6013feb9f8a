import type { StreamEventName } from "@spillway/contract/schemas";

/** One event as it goes over the wire, made once however many look on. */
export interface Frame {
  seq: number;
  topic: string;
  bytes: Uint8Array;
}

const encoder = new TextEncoder();

/** `data` is one line: JSON text has no line breaks outside its escapes. */
export function encodeFrame(event: StreamEventName, data: string, id: string): Uint8Array {
  return encoder.encode(`id: ${id}\nevent: ${event}\ndata: ${data}\n\n`);
}

/** Tells the browser to come back after 3 s, and is the first thing sent, so that proxies let the stream begin. */
export const PREAMBLE = encoder.encode("retry: 3000\n\n");
export const HEARTBEAT = encoder.encode(": still here\n\n");

/** Bytes per event of a stream that one could keep without end. */
export interface RingLimits {
  events: number;
  bytes: number;
}

/** The newest frames within both limits, for those who come back. Their numbers follow each other without a hole. */
export class FrameRing {
  readonly #limits: RingLimits;
  /** Frames from `#start` on are held; the array is cut when half of it is dead. */
  #frames: Frame[] = [];
  #start = 0;
  #bytes = 0;

  constructor(limits: RingLimits) {
    this.#limits = limits;
  }

  push(frame: Frame): void {
    this.#frames.push(frame);
    this.#bytes += frame.bytes.length;
    while (this.#size > this.#limits.events || (this.#bytes > this.#limits.bytes && this.#size > 1)) {
      this.#bytes -= this.#frames[this.#start]?.bytes.length ?? 0;
      this.#start++;
    }
    if (this.#start < this.#frames.length / 2) return;
    this.#frames = this.#frames.slice(this.#start);
    this.#start = 0;
  }

  /** The frame of this number, if it is held. */
  get(seq: number): Frame | undefined {
    const first = this.#frames[this.#start];
    return first === undefined || seq < first.seq ? undefined : this.#frames[this.#start + seq - first.seq];
  }

  get #size(): number {
    return this.#frames.length - this.#start;
  }
}
