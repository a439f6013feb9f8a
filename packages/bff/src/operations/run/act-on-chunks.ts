import type { EngineError, TargetResult } from "@spillway/engine";
import type { Ground } from "../ground.ts";
import type { Operation } from "../operation.ts";
import type { Chunk } from "./chunk-plan.ts";
import { endOf } from "./job-end.ts";
import { persevere } from "./persevere.ts";
import { RateLimit } from "./rate-limit.ts";

/** How work came to its end. `left`: the process goes away. */
export type Ending = { how: "finished" | "cancelled" | "left" } | { how: "failed"; error: unknown };

/** Whoever follows a part while it is acted on. */
export interface Follower {
  /** Before the engine is asked. */
  before?(chunk: Chunk): void;
  after?(chunk: Chunk, results: readonly TargetResult[]): void;
  /** True to act on no more of it. */
  enough?(): boolean;
}

/** Calls on their way at once: while one is answered, the engine has the next. */
const LANES = 2;
/** After so many calls others get a turn of the event loop. */
const CALLS_PER_TURN = 4;

interface Run {
  ground: Ground;
  operation: Operation;
  chunks: Iterator<Chunk>;
  rate: RateLimit;
  follower: Follower;
  isExhausted: boolean;
  failure: { error: unknown } | null;
}

/**
 * Acts on all jobs of a part that were not acted on yet, chunk by chunk, as fast as the engine and the rate allow. While
 * the engine is away it waits. A job whose fate nobody knows in the end is `unknown`.
 */
export async function actOnChunks(
  ground: Ground,
  operation: Operation,
  part: number,
  follower: Follower = {},
): Promise<Ending> {
  const rate = new RateLimit(ground.clock, operation.order.ratePerS);
  const chunks = operation.chunks.of(part).filter(({ number }) => !operation.chunksDone.has(number));
  const run: Run = { ground, operation, chunks, rate, follower, isExhausted: false, failure: null };
  operation.speed.restart();
  await Promise.all(Array.from({ length: rate.isLimited ? 1 : LANES }, () => lane(run)));
  operation.speed.restart();
  const { stopped } = operation.valve;
  if (run.failure !== null) return { how: "failed", error: run.failure.error };
  return { how: stopped !== null && !run.isExhausted ? stopped : "finished" };
}

async function lane(run: Run): Promise<void> {
  for (let calls = 1; ; calls++) {
    const chunk = await nextChunk(run);
    if (chunk === null) return;
    await actOn(run, chunk);
    if (calls % CALLS_PER_TURN === 0) await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

/** Null when there is none, or no more is to be done. */
async function nextChunk(run: Run): Promise<Chunk | null> {
  const { valve } = run.operation;
  while (await valve.open()) {
    if (run.failure !== null || run.follower.enough?.()) return null;
    const isTurn = await run.rate.turn(valve);
    if (!isTurn || valve.isPaused || valve.stopped !== null) continue;
    const next = run.chunks.next();
    if (next.done) {
      run.isExhausted = true;
      return null;
    }
    run.rate.took(next.value.positions.length);
    return next.value;
  }
  return null;
}

async function actOn(run: Run, chunk: Chunk): Promise<void> {
  const { ground, operation, follower } = run;
  const { clock, engine } = ground;
  const { valve, standing } = operation;
  follower.before?.(chunk);
  const answer = await persevere(
    {
      clock,
      valve,
      away: (since, error) => note(ground, operation, awayNote(engine.info.name, since, error)),
      back: () => note(ground, operation, null),
    },
    () => ask(ground, operation, chunk),
  );
  if ("got" in answer) {
    took(ground, operation, chunk, answer.got);
    follower.after?.(chunk, answer.got);
    return;
  }
  if ("failed" in answer) run.failure ??= { error: answer.failed };
  // What is taken up again after a restart will be asked for again, by the same receipt.
  else run.isExhausted = false;
  if (answer.maybe && valve.stopped !== "left") leaveUnknown(operation, chunk);
  if (standing.note !== null) note(ground, operation, null);
}

function ask({ engine }: Ground, { order, jobs }: Operation, chunk: Chunk): Promise<TargetResult[]> {
  const { id, queue, many, resetAttempts, holdUntil } = order;
  if (jobs === null || many === null) throw new TypeError("There are no jobs to act on one by one.");
  return engine.actOnJobs(queue, many, jobs.targets(chunk.positions), {
    receipt: `${id}:${chunk.number}`,
    ...(many === "retry" && { resetAttempts }),
    ...(many === "remove" && holdUntil !== null && { hold: { id, until: holdUntil } }),
  });
}

function took(ground: Ground, operation: Operation, chunk: Chunk, results: readonly TargetResult[]): void {
  const { book, speed } = operation;
  for (const [i, position] of chunk.positions.entries()) {
    const result = results[i];
    if (result !== undefined) book.put(position, endOf(result));
  }
  tellHeld(operation);
  operation.chunksDone.add(chunk.number);
  speed.mark(ground.clock.now(), book.done);
  ground.chunkDone(operation, chunk);
}

/** What a removal moved aside so far. */
export function tellHeld({ book, order, standing }: Operation): void {
  const held = book.counts.succeeded;
  if (order.holdUntil !== null && held > 0) standing.held = { state: "held", moved: held, left: held };
}

function leaveUnknown({ book }: Operation, chunk: Chunk): void {
  const reason = "The engine did not answer: it may or may not have been done.";
  for (const position of chunk.positions) book.put(position, { outcome: "unknown", reason });
}

function note(ground: Ground, operation: Operation, text: string | null): void {
  if (operation.standing.note === text) return;
  operation.standing.note = text;
  ground.stands(operation);
}

/** For work that waits while the engine can't do it. `since`: epoch ms. */
export function awayNote(engine: string, since: number, { code, reason, message }: EngineError): string {
  const at = `${new Date(since).toISOString().slice(11, 19)}Z`;
  const isSilent = code === "outcome_unknown" || reason === undefined || SILENT.includes(reason);
  const what = isSilent ? `${engine} does not answer since ${at}` : `${message} (since ${at})`;
  return `${what}; it goes on by itself.`;
}

const SILENT: readonly string[] = ["down", "timeout", "circuit_open"];
