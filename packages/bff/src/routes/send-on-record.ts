import type { PermitName } from "@spillway/contract/table";
import { downloadReply } from "../downloads/download.ts";
import { type Making, sendFile } from "../downloads/send-file.ts";
import type { ReadAsk } from "../http/handlers.ts";
import { ProblemError } from "../http/problem.ts";
import type { Room } from "./room.ts";

type Asking = Pick<ReadAsk<PermitName>, "actor" | "c" | "licence" | "release">;

/**
 * Sends a file that is on record, until it ends, whoever asked leaves, or their login ends. `what`: of what its name is made.
 * `make` is told by the signal that nobody waits for it any more; what it throws is answered.
 */
export async function sendOnRecord(
  { authenticator, log, clock }: Room,
  { actor, c, licence, release }: Asking,
  what: readonly string[],
  make: (signal: AbortSignal) => Promise<Making>,
): Promise<Response> {
  const stop = new AbortController();
  const gone = c.req.raw.signal;
  const lock = (why: string): void => stop.abort(new ProblemError("unauthenticated", why));
  const forget = authenticator.whenEnded?.(actor, lock, { request: c.req.raw, bindings: c.env });
  const ended = (): void => {
    release();
    forget?.();
  };
  try {
    const making = await make(AbortSignal.any([gone, stop.signal]));
    const body = sendFile(making, { log, licence, ended, stop, gone });
    return downloadReply({ ...making, body }, what, clock.now());
  } catch (error) {
    ended();
    throw error;
  }
}
