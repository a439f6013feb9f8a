import type { JobError } from "@spillway/engine";
import { errorName, jobError, STACK_HEAD_CHARS, stackHead } from "./job-error.ts";

/** Heads and traces remembered during a scan. */
const MOST_TEXTS = 2_000;

/** What errors have in common that differ in what they say only. */
interface Kind {
  name: string | null;
  /** What the stack says before its first frame; without the message at its end if `endsInMessage`. */
  head: string | null;
  endsInMessage: boolean;
  /** From the first frame on. */
  trace: string;
}

/**
 * Reads the errors of many jobs. What those of a batch have in common is sent once, and read once in a scan: one trace is then
 * the same text in all of them.
 */
export class ErrorReader {
  /** Decoded, by their JSON. */
  readonly #texts = new Map<string, string | null>();

  /**
   * The error of each job of a batch.
   *
   * @param kinds Of each kind the JSON of its head and of its trace, and 1 if the message was taken off the head.
   * @param numbers Of each job its kind, from 1 on; 0 if it has no stack.
   */
  read(
    messages: readonly unknown[],
    numbers: readonly unknown[],
    kinds: readonly unknown[],
  ): (JobError | null)[] {
    const read = Array.from({ length: kinds.length / 3 }, (_, i) =>
      this.#kind(kinds.slice(3 * i, 3 * i + 3)),
    );
    return messages.map((message, n) =>
      errorOf(typeof message === "string" ? message : null, read[Number(numbers[n]) - 1]),
    );
  }

  #kind([head, trace, endsInMessage]: readonly unknown[]): Kind {
    // A head with its message in it hardly comes again.
    const text = endsInMessage === 1 ? this.#known(String(head)) : stackHead(String(head));
    return {
      name: errorName(text),
      head: text,
      endsInMessage: endsInMessage === 1,
      trace: this.#known(`"${String(trace)}`) ?? "",
    };
  }

  #known(json: string): string | null {
    const known = this.#texts.get(json);
    if (known !== undefined) return known;
    if (this.#texts.size >= MOST_TEXTS) this.#texts.clear();
    const text = stackHead(json);
    this.#texts.set(json, text);
    return text;
  }
}

function errorOf(message: string | null, kind: Kind | undefined): JobError | null {
  if (kind === undefined || kind.head === null) return jobError(message, null);
  const { name, head, endsInMessage, trace } = kind;
  if (!endsInMessage || message === null) return jobError(message, capped(head + trace), head);
  return { name, message, stack: name !== null && trace !== "" ? trace : capped(head + message + trace) };
}

function capped(stack: string): string {
  return stack.slice(0, STACK_HEAD_CHARS);
}
