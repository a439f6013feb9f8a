import type { JobError } from "@spillway/engine";
import { parseJson } from "./reply.ts";

/** An error's class at the head of its stack: `TypeError: …`, `PaymentError [E42]: …`. */
const HEAD = /^([\p{L}_$][\p{L}\p{N}_$.]*)(?: \[[^\]]*\])?(?:: |\n|$)/u;
/** As much of a stack as a row carries. */
export const STACK_HEAD_CHARS = 4_096;

/**
 * BullMQ keeps the last message apart from the stacks, and only the stacks of earlier runs. A retried job has lost
 * its message: then the stack's first lines stand for it.
 *
 * @param head What of the stack comes before its first frame, where that is known.
 */
export function jobError(
  failedReason: string | null,
  stack: string | null,
  head: string | null = stack,
): JobError | null {
  if (failedReason === null && stack === null) return null;
  const name = errorName(head);
  if (failedReason !== null) {
    const said = failedReason.slice(0, 200);
    const belongs = (head?.includes(said) || stack?.includes(said)) ?? false;
    return { name: belongs ? name : null, message: failedReason, stack: belongs ? stack : null };
  }
  return { name, message: messageOf(stack ?? "", name), stack };
}

/** The error's class, by what its stack says before its first frame. */
export function errorName(head: string | null): string | null {
  return head === null ? null : (HEAD.exec(head)?.[1] ?? null);
}

function messageOf(stack: string, name: string | null): string {
  const frames = stack.search(/\n\s+at /);
  const head = frames < 0 ? stack : stack.slice(0, frames);
  return name === null ? head : head.replace(HEAD, "");
}

/** Decodes a JSON string that may have been cut off. Null if it is none. */
export function stackHead(raw: string | null): string | null {
  if (raw === null || !raw.startsWith('"')) return null;
  const end = /"\]?$/.test(raw) ? raw.replace(/\]$/, "") : null;
  const whole = end === null ? undefined : parseJson(end);
  const decoded = typeof whole === "string" ? whole : parseJson(`${cutEscape(raw)}"`);
  return typeof decoded === "string" ? decoded.slice(0, STACK_HEAD_CHARS) : null;
}

/** Takes half an escape off the end. */
function cutEscape(raw: string): string {
  const cut = raw.replace(/\uFFFD+$/, "").replace(/\\u[0-9a-fA-F]{0,3}$/, "");
  const slashes = /\\+$/.exec(cut)?.[0].length ?? 0;
  return slashes % 2 === 1 ? cut.slice(0, -1) : cut;
}
