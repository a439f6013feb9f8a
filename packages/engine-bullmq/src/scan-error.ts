import type { JobError } from "@spillway/engine";
import { errorName, jobError, STACK_HEAD_CHARS, stackHead } from "./job-error.ts";

/** Kinds of errors remembered during a scan. */
const MOST_KINDS = 2_000;
/** How much is read of a message and of a stack, bytes; as in scripts/job-fields.ts. */
const MESSAGE_BYTES = 4_096;
const STACK_BYTES = 5_000;
/** In JSON: the end of one stack and the beginning of the next, and the beginning of a frame. */
const NEXT_STACK = Buffer.from('","');
const FRAME = Buffer.from("\\n    at ");
const BACKSLASH = 92;
const COLON = 58;
const SPACE = 32;

/** What errors have in common that differ in their message only. */
interface Kind {
  /** The JSON before the message, and from the first frame on. */
  head: Buffer;
  trace: Buffer;
  name: string | null;
  frames: string | null;
}

/** The error of a job by its message and the JSON of its last stack, with the quote at its beginning; both may be cut off. */
export function errorOf(message: string | null, stack: string | null): JobError | null {
  if (stack === null) return jobError(message, null);
  const frame = stack.indexOf("\\n    at ");
  const head = stackHead(frame < 0 ? stack : stack.slice(0, frame));
  if (head === null) return jobError(message, null);
  const trace = frame < 0 ? "" : (stackHead(`"${stack.slice(frame)}`) ?? "");
  return jobError(message, (head + trace).slice(0, STACK_HEAD_CHARS), head);
}

/**
 * Reads the errors of many jobs from what Redis holds. Most of them differ only in what they say and not in where they come
 * from: what they have in common is read once, and is then the same text for all.
 */
export class ErrorReader {
  readonly #kinds = new Map<number, Kind[]>();
  #count = 0;

  /** @param stacks The JSON of all stacks of a job, the last one at its end. */
  read(message: Buffer | null, stacks: Buffer | null): JobError | null {
    const said = message?.toString("utf8", 0, MESSAGE_BYTES) ?? null;
    if (stacks === null || stacks.length <= 2) return jobError(said, null);
    const between = stacks.lastIndexOf(NEXT_STACK);
    const start = between < 0 ? 1 : between + 2;
    const end = Math.min(stacks.length, start + STACK_BYTES);
    const kind = message === null ? null : this.#kindOf(message, stacks, start, end);
    if (said === null || kind === null || kind.name === null || kind.frames === null)
      return errorOf(said, stacks.toString("utf8", start, end));
    return { name: kind.name, message: said, stack: kind.frames };
  }

  /** Null unless the stack is a name, this very message and frames. */
  #kindOf(message: Buffer, stacks: Buffer, start: number, end: number): Kind | null {
    const cut = stacks.indexOf(FRAME, start);
    const at = cut - message.length;
    const isFramed = cut > 0 && cut < end && at > start + 2 && message.length > 0;
    if (!isFramed || stacks[at - 2] !== COLON || stacks[at - 1] !== SPACE) return null;
    const isSaid = stacks.compare(message, 0, message.length, at, cut) === 0 && !message.includes(BACKSLASH);
    if (!isSaid) return null;
    const place = placeOf(stacks, cut, end) + (at - start);
    for (const kind of this.#kinds.get(place) ?? [])
      if (equals(kind.trace, stacks, cut, end) && equals(kind.head, stacks, start, at)) return kind;
    return this.#remember(place, stacks.subarray(start, at), stacks.subarray(cut, end));
  }

  #remember(place: number, head: Buffer, trace: Buffer): Kind {
    if (this.#count++ >= MOST_KINDS) {
      this.#kinds.clear();
      this.#count = 1;
    }
    const name = errorName(stackHead(head.toString()));
    // Copies: the original lies in a large piece of what Redis sent.
    const kind = {
      head: Buffer.from(head),
      trace: Buffer.from(trace),
      name,
      frames: stackHead(`"${trace.toString()}`),
    };
    this.#kinds.set(place, [...(this.#kinds.get(place) ?? []), kind]);
    return kind;
  }
}

function equals(known: Buffer, bytes: Buffer, from: number, to: number): boolean {
  return known.length === to - from && bytes.compare(known, 0, known.length, from, to) === 0;
}

/** A few bytes tell traces apart well enough; all are compared then. */
function placeOf(bytes: Buffer, from: number, to: number): number {
  const step = Math.max(1, (to - from) >> 5);
  let hash = to - from;
  for (let i = from; i < to; i += step) hash = (Math.imul(hash, 31) + (bytes[i] ?? 0)) | 0;
  return hash;
}
