import type { JobsExported } from "@spillway/contract/schemas";
import type { Outcome } from "../../audit/index.ts";
import type { Licence } from "../../commands/index.ts";
import type { Logger } from "../../deps.ts";
import { toProblemError } from "../../http/problem.ts";
import type { JobFormat } from "./job-file.ts";
import type { Walk } from "./walk.ts";

export interface Sending {
  log: Logger;
  format: JobFormat;
  licence: Licence;
  /** Waits until it may look on; resolves to what to call afterwards. */
  takeTurn(): Promise<() => void>;
  /** Called once, when nothing more will be sent. */
  ended(): void;
  /** Stops looking; why, is told. */
  stop: AbortController;
  /** Of whoever asked. */
  gone: AbortSignal;
}

/**
 * Sends jobs while they are found, only as fast as they are taken. Rejects before anything is sent if not even the first can be
 * read. What goes wrong later is told at the end of the file, and on record; whoever leaves stops it.
 */
export async function sendJobs(walk: Walk, sending: Sending): Promise<ReadableStream<Uint8Array>> {
  const { log, format, licence, takeTurn, stop, gone } = sending;
  const encoder = new TextEncoder();
  let first = await walk.more();
  let isOver = false;

  async function end(outcome: Partial<Outcome> & Pick<Outcome, "status">): Promise<JobsExported> {
    const said = walk.said(outcome.error?.message);
    if (isOver) return said;
    isOver = true;
    gone.removeEventListener("abort", left);
    sending.ended();
    const { scanned, total_to_scan, complete } = said;
    await licence.settle({
      affected: said.jobs,
      skipped: null,
      failed: null,
      error: null,
      details: { scanned, total_to_scan, complete },
      ...outcome,
    });
    return said;
  }

  const left = (): void => {
    stop.abort();
    void end({ status: "failed", error: { code: "left", message: "Whoever asked left before the end." } });
  };
  if (gone.aborted) left();
  else gone.addEventListener("abort", left, { once: true });

  /** Until there are some: who looks for few in many is not asked again and again whether there is room. */
  async function some(): Promise<string | null> {
    for (;;) {
      const done = first === null ? await takeTurn() : null;
      try {
        const jobs = first ?? (await walk.more());
        first = null;
        if (jobs === null) return null;
        if (jobs.length > 0) return jobs.map(format.row).join("");
      } finally {
        done?.();
      }
    }
  }

  return new ReadableStream<Uint8Array>(
    {
      start: (controller) =>
        format.head === "" ? undefined : controller.enqueue(encoder.encode(format.head)),
      async pull(controller) {
        let said: JobsExported;
        try {
          const text = await some();
          if (text !== null) return controller.enqueue(encoder.encode(text));
          said = await end({ status: "success" });
        } catch (thrown) {
          if (isOver) return controller.error(thrown);
          const error: unknown = stop.signal.aborted ? stop.signal.reason : thrown;
          const problem = toProblemError(error);
          if (problem === null) log.error("An export failed in a way nobody foresaw.", { error });
          const { code, message } = problem ?? UNFORESEEN;
          said = await end({ status: "failed", error: { code, message: `Not all: ${message}` } });
        }
        const tail = format.tail(said);
        if (tail !== "") controller.enqueue(encoder.encode(tail));
        controller.close();
      },
      cancel: left,
    },
    { highWaterMark: 1 },
  );
}

const UNFORESEEN = { code: "internal", message: "something went wrong here." };
