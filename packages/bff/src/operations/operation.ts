import type { Operation as OperationView } from "@spillway/contract/schemas";
import type { Clock } from "@spillway/engine";
import type { Intent } from "../audit/index.ts";
import type { FrozenJobs } from "./frozen/frozen-jobs.ts";
import type { Order } from "./order.ts";
import { Fates } from "./redrive/fates.ts";
import type { Phase } from "./redrive/phase.ts";
import { phaseParts } from "./redrive/phase-parts.ts";
import { allPositions, ChunkPlan } from "./run/chunk-plan.ts";
import { OutcomeBook } from "./run/outcome-book.ts";
import { Speed } from "./run/speed.ts";
import { Valve } from "./run/valve.ts";

export type OperationState = OperationView["state"];
/** What is being done with held jobs; null while it does what was ordered, or nothing. */
export type Activity = "restore" | "purge";

/** Jobs moved aside: how many were in all, and how many are still. */
export interface Held {
  state: NonNullable<OperationView["held"]>["state"];
  moved: number;
  left: number;
}

/** Where it stands, beyond what became of each job. What is kept to take it up again. */
export interface Standing {
  state: OperationState;
  /** The state behind a pause. */
  pausedFrom: OperationState | null;
  pausedBy: string | null;
  cancelledBy: string | null;
  note: string | null;
  /** Jobs were asked to be moved aside at once: never asked twice. */
  isAsked: boolean;
  /** How many jobs were moved aside at once; null before, and where nobody knows. */
  moved: number | null;
  /** How it had ended before held jobs were put back or deleted. */
  endedAs: OperationState | null;
  startedAt: number | null;
  finishedAt: number | null;
  activity: Activity | null;
  held: Held | null;
  /** The record under which it goes on. */
  record: { id: string; intent: Intent; isSettled: boolean } | null;
  phases: Phase[];
  /** Failed attempts a minute in the queue before a redrive began. */
  failingBefore: number | null;
}

const ENDED: readonly OperationState[] = ["done", "cancelled", "failed"];

/** Something done to many jobs in the background. Only its own work and those who turn its valve change it. */
export class Operation {
  readonly order: Order;
  /** Null where nobody looked at the jobs one by one: a drain that moves them all aside at once. */
  readonly jobs: FrozenJobs | null;
  readonly chunks: ChunkPlan;
  readonly book: OutcomeBook;
  /** Of a retry, what became of each job it put back: of a redrive as it is seen, else as far as somebody asked. */
  readonly fates: Fates | null;
  readonly chunksDone = new Set<number>();
  readonly speed = new Speed();
  /** Of the work under way; a new one for each. */
  valve: Valve;
  readonly standing: Standing;
  /** Set by a person who does not wait for the verdict. */
  advanceBy: string | null = null;
  /** Resolves when the work under way came to its end. */
  work: Promise<void> = Promise.resolve();

  constructor(clock: Clock, order: Order, jobs: FrozenJobs | null, standing: Partial<Standing> = {}) {
    this.order = order;
    this.jobs = jobs;
    this.chunks = new ChunkPlan(order.chunkSize, jobs === null ? [] : partsOf(order, jobs));
    this.book = new OutcomeBook(jobs?.size ?? 0);
    this.fates = order.many === "retry" ? new Fates(jobs?.size ?? 0) : null;
    this.valve = new Valve(clock);
    const state = order.startsAt === null ? "running" : "scheduled";
    this.standing = { ...BEGINNING, state, ...standing };
  }

  get id(): string {
    return this.order.id;
  }

  get hasEnded(): boolean {
    return ENDED.includes(this.standing.state);
  }

  /** Whether its time has not come yet. */
  get isScheduled(): boolean {
    const { state, pausedFrom } = this.standing;
    return state === "scheduled" || pausedFrom === "scheduled";
  }

  /** Goes to a state; behind a pause it is not seen until that ends. */
  become(state: OperationState): void {
    const { standing } = this;
    if (standing.pausedFrom !== null && !ENDED.includes(state)) standing.pausedFrom = state;
    else {
      standing.state = state;
      standing.pausedFrom = null;
      standing.pausedBy = null;
    }
  }

  pause(by: string): void {
    const { standing } = this;
    standing.pausedFrom ??= standing.state;
    standing.state = "paused";
    standing.pausedBy = by;
    this.speed.restart();
    this.valve.pause();
  }

  resume(): void {
    const { standing } = this;
    standing.state = standing.pausedFrom ?? standing.state;
    standing.pausedFrom = null;
    standing.pausedBy = null;
    this.valve.resume();
  }
}

/** Which jobs are acted on, in which order. Of a selection that is larger than what was ordered, the last: the oldest. */
function partsOf({ redrive, matched }: Order, jobs: FrozenJobs): Uint32Array[] {
  if (redrive !== null) return phaseParts(jobs, redrive.targets);
  return [allPositions(jobs.size).subarray(jobs.size - matched)];
}

const BEGINNING: Standing = {
  state: "running",
  pausedFrom: null,
  pausedBy: null,
  cancelledBy: null,
  note: null,
  isAsked: false,
  moved: null,
  endedAs: null,
  startedAt: null,
  finishedAt: null,
  activity: null,
  held: null,
  record: null,
  phases: [],
  failingBefore: null,
};
