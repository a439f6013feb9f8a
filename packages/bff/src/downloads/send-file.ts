import type { Outcome } from "../audit/index.ts";
import type { Licence } from "../commands/index.ts";
import type { Logger } from "../deps.ts";
import { toProblemError } from "../http/problem.ts";
import type { Download } from "./download.ts";

/** A file that is made while it is sent. */
export interface Making extends Omit<Download, "body"> {
  /** Piece by piece. What it throws is why there are no more. */
  texts: AsyncGenerator<string, void>;
  /** What is true of it once no more is made. `stopped`: why that is before its end, as a sentence. */
  end(stopped?: string): Made;
}

/** What a file says of itself at its end, and what goes on record of it. */
export interface Made extends Pick<Outcome, "affected" | "details"> {
  tail: string;
}

export interface Sending {
  log: Logger;
  licence: Licence;
  /** Called once, when nothing more will be sent. */
  ended(): void;
  /** Stops making it; why, is told. */
  stop: AbortController;
  /** Of whoever asked. */
  gone: AbortSignal;
}

/**
 * Sends a file only as fast as it is taken. What goes wrong is told at the end of the file, and on record, with what was sent
 * till then; whoever leaves stops it.
 */
export function sendFile(making: Making, sending: Sending): ReadableStream<Uint8Array> {
  const { log, licence, stop, gone } = sending;
  const encoder = new TextEncoder();
  let bytes = 0;
  let isOver = false;

  /** Resolves to what stands at the end of the file. */
  async function end(error: Outcome["error"]): Promise<Uint8Array> {
    const { tail, affected, details } = making.end(error?.message);
    const last = encoder.encode(tail);
    if (isOver) return last;
    isOver = true;
    gone.removeEventListener("abort", left);
    sending.ended();
    await licence.settle({
      status: error === null ? "success" : "failed",
      affected,
      skipped: null,
      failed: null,
      error,
      details: { ...details, bytes: bytes + (error === LEFT ? 0 : last.length) },
    });
    return last;
  }

  const left = (): void => {
    stop.abort();
    void end(LEFT);
  };
  if (gone.aborted) left();
  else gone.addEventListener("abort", left, { once: true });

  async function piece(): Promise<Uint8Array | null> {
    stop.signal.throwIfAborted();
    const next = await making.texts.next();
    return next.done === true ? null : encoder.encode(next.value);
  }

  function whyOf(thrown: unknown): Outcome["error"] {
    const error: unknown = stop.signal.aborted ? stop.signal.reason : thrown;
    const problem = toProblemError(error);
    if (problem === null) log.error("An export failed in a way nobody foresaw.", { error });
    const { code, message } = problem ?? UNFORESEEN;
    return { code, message: `Not all: ${message}` };
  }

  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        let last: Uint8Array;
        try {
          const some = await piece();
          if (some !== null) {
            controller.enqueue(some);
            bytes += some.length;
            return;
          }
          last = await end(null);
        } catch (thrown) {
          if (isOver) return controller.error(thrown);
          last = await end(whyOf(thrown));
        }
        if (last.length > 0) controller.enqueue(last);
        controller.close();
      },
      cancel: left,
    },
    { highWaterMark: 1 },
  );
}

const LEFT = { code: "left", message: "Whoever asked left before the end." };
const UNFORESEEN = { code: "internal", message: "something went wrong here." };
