/**
 * Why a processor's signal fired, and what its run ends with. BullMQ must read `UnrecoverableError` in its name, or it
 * would run the job again; the stack, which is what a console reads, begins with `Cancelled`.
 */
export class Cancelled extends Error {
  override readonly name = "UnrecoverableError";

  constructor(reason: string) {
    super(reason);
    this.stack = `Cancelled: ${reason}`;
  }

  /** Says where the run was when it gave up: the frames of what the processor threw. */
  at(thrown: unknown): this {
    if (thrown === this || !(thrown instanceof Error)) return this;
    this.cause = thrown;
    const frames = thrown.stack?.split("\n").filter((line) => /^\s+at /.test(line)) ?? [];
    this.stack = [`Cancelled: ${this.message}`, ...frames].join("\n");
    return this;
  }
}

/** A processor that throws one of these has already put its job somewhere else, and BullMQ leaves it there. */
const MOVES = ["DelayedError", "WaitingError", "WaitingChildrenError"];

export function isMove(thrown: unknown): boolean {
  return thrown instanceof Error && (MOVES.includes(thrown.name) || MOVES.includes(thrown.constructor.name));
}
