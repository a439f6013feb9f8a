import type { Gate } from "@spillway/contract/schemas";
import { type Licence, pauseCommand } from "../../commands/index.ts";
import type { Ground, Work } from "../ground.ts";
import type { Operation } from "../operation.ts";
import { actOnChunks, type Ending } from "../run/act-on-chunks.ts";
import type { Chunk } from "../run/chunk-plan.ts";
import { type Counts, conclude, outcomeOf } from "../run/conclude.ts";
import { FateTracker } from "./fate-tracker.ts";
import { judge } from "./judge.ts";
import type { Phase } from "./phase.ts";
import { settle } from "./settle.ts";

/** Puts jobs back phase by phase, each begun only when the fate of the one before allows it. */
export const workRedrive: Work = async (ground, operation, licence) => {
  if (operation.order.redrive === null) throw new TypeError("It has no phases.");
  const redrive = new Redrive(ground, operation, operation.order.redrive.gate, licence);
  try {
    await redrive.run();
  } finally {
    redrive[Symbol.dispose]();
  }
};

class Redrive implements Disposable {
  readonly #ground: Ground;
  readonly #operation: Operation;
  readonly #gate: Gate;
  readonly #tracker: FateTracker;
  /** Of the phase under way. */
  #licence: Licence;

  constructor(ground: Ground, operation: Operation, gate: Gate, licence: Licence) {
    this.#ground = ground;
    this.#operation = operation;
    this.#gate = gate;
    this.#licence = licence;
    this.#tracker = trackerOf(ground, operation);
  }

  async run(): Promise<void> {
    for (const phase of this.#operation.standing.phases) {
      if (phase.finishedAt !== null) continue;
      const ending = await this.#goThrough(phase);
      if (ending === null) continue;
      if (ending.how !== "left")
        Object.assign(phase, { state: "cancelled", settlesAt: null, finishedAt: this.#now });
      return conclude(this.#ground, this.#operation, this.#licence, ending, {
        counts: this.#countsOf(phase),
      });
    }
    // Of a last phase that did not pass, why stays to be read.
    const { note } = this.#operation.standing;
    await conclude(this.#ground, this.#operation, this.#licence, { how: "finished" }, { note });
  }

  [Symbol.dispose](): void {
    this.#tracker[Symbol.dispose]();
  }

  /** Null once the next phase may begin. */
  async #goThrough(phase: Phase): Promise<Ending | null> {
    if (phase.size === 0) return this.#passOver(phase);
    if (phase.auditId === null) {
      if (phase.number > 1) await this.#nextRecord(phase);
      this.#open(phase);
    }
    let isForced = false;
    for (;;) {
      // One that an earlier process judged, or waited for, is not begun again.
      if (isForced || phase.state === "waiting" || phase.state === "running") {
        const ending = await this.#putBack(phase, isForced);
        if (ending.how !== "finished") return ending;
      }
      const { left } = this.#countsOf(phase);
      const ending = await settle({
        ground: this.#ground,
        operation: this.#operation,
        phase,
        gate: this.#gate,
        // What was not put back any more waits for a person, even at the end.
        isLast: left === 0 && this.#isLast(phase),
        lookCloser: () => this.#tracker.lookNow(),
        judged: () => this.#close(phase),
        regressed: () => this.#onRegression(),
      });
      if (ending !== null) return ending;
      await this.#close(phase);
      if (left === 0) return null;
      // A person who goes on past a regression goes on with what this phase had left.
      Object.assign(phase, { finishedAt: null, overruled: null });
      isForced = true;
    }
  }

  #isLast({ number }: Phase): boolean {
    return this.#operation.standing.phases.every((other) => other.number <= number || other.size === 0);
  }

  #passOver(phase: Phase): null {
    phase.state = "passed";
    phase.verdict = judge({ ...phase, retriedAt: this.#now }, this.#gate, this.#now).sentence;
    phase.finishedAt = this.#now;
    return null;
  }

  /** Each phase after the first has a record of its own. */
  async #nextRecord(phase: Phase): Promise<void> {
    const of = this.#operation.standing.phases.length;
    const details = { ...this.#licence.intent.details, phase: phase.number, of };
    this.#licence = await this.#licence.next({ requested: phase.size, details });
  }

  #open(phase: Phase): void {
    const { id, intent } = this.#licence;
    this.#operation.standing.record = { id, intent, isSettled: false };
    phase.auditId = id;
    phase.startedAt = this.#now;
  }

  async #putBack(phase: Phase, isForced: boolean): Promise<Ending> {
    const { standing } = this.#operation;
    phase.state = "running";
    phase.retriedAt = null;
    standing.note = null;
    this.#operation.become("running");
    this.#ground.stands(this.#operation);
    const ending = await actOnChunks(this.#ground, this.#operation, phase.number - 1, {
      before: (chunk) => this.#tracker.expect(chunk),
      after: (chunk, results) => {
        this.#tracker.putBack(chunk, results, phase);
        this.#countPutBack(phase, chunk);
      },
      enough: () => !isForced && judge(phase, this.#gate, this.#now).state === "regressed",
    });
    phase.retriedAt = this.#now;
    return ending;
  }

  #countPutBack(phase: Phase, { positions }: Chunk): void {
    for (const position of positions) {
      if (this.#operation.book.at(position)?.outcome === "succeeded") phase.retried++;
      else phase.skipped++;
    }
  }

  /** Says in the audit what came of it, once. */
  async #close(phase: Phase): Promise<void> {
    const { record } = this.#operation.standing;
    if (record === null || record.isSettled) return;
    record.isSettled = true;
    const outcome = outcomeOf(this.#operation, { how: "finished" }, this.#countsOf(phase));
    const { verdict, failingShapes } = phase;
    const failing = failingShapes.map(({ title, count }) => `${count} × ${title}`);
    const details = { ...outcome.details, verdict, ...(failing.length > 0 && { failing }) };
    await this.#licence.settle({ ...outcome, details });
  }

  /** What else is done about it, in a sentence. */
  async #onRegression(): Promise<string> {
    const { queue } = this.#operation.order;
    if (this.#gate.on_regression === "stop") return "";
    const status = await this.#licence.also("queue.pause", pauseCommand(this.#ground.engine, queue, true));
    return status === 200 ? ` ${queue} was paused.` : ` ${queue} could not be paused.`;
  }

  #countsOf(phase: Phase): Counts {
    const counts = { succeeded: 0, skipped: 0, failed: 0, unknown: 0, left: 0 };
    for (const position of this.#operation.chunks.positions(phase.number - 1))
      counts[this.#operation.book.at(position)?.outcome ?? "left"]++;
    return counts;
  }

  get #now(): number {
    return this.#ground.clock.now();
  }
}

function trackerOf(ground: Ground, operation: Operation): FateTracker {
  const { jobs, fates, standing, order, chunks, book } = operation;
  if (jobs === null || fates === null) throw new TypeError("There are no jobs to follow.");
  const changed = (position: number): void => {
    operation.valve.wake();
    ground.fateKnown(operation, position);
  };
  const tracker = new FateTracker(ground, {
    queue: order.queue,
    jobs,
    fates,
    phases: standing.phases,
    changed,
  });
  // What an earlier process put back is followed on.
  for (const phase of standing.phases) {
    Object.assign(phase, NOTHING_SEEN);
    for (const position of chunks.positions(phase.number - 1)) {
      const outcome = book.at(position)?.outcome ?? "unknown";
      if (outcome === "succeeded") {
        phase.retried++;
        tracker.resume(position, jobs.id(position), phase);
      } else if (outcome !== "unknown") phase.skipped++;
    }
  }
  return tracker;
}

const NOTHING_SEEN = {
  retried: 0,
  skipped: 0,
  started: 0,
  completedAgain: 0,
  failedAgain: 0,
  gone: 0,
} satisfies Partial<Phase>;
