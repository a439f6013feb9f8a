import type {
  Gate,
  Operation as OperationView,
  PhaseTarget,
  SelectionInput,
} from "@spillway/contract/schemas";
import { phaseSizes } from "@spillway/triage";
import { ulid } from "ulid";
import type { LongCommand } from "../../commands/index.ts";
import type { BulkDeps } from "../bulk.ts";
import { Operation } from "../operation.ts";
import { orderOf } from "../order.ts";
import type { Freezing } from "../selections/freezing.ts";
import { selectionOf, wordsOf } from "../selections/selection-words.ts";
import { MOST_SHAPES, shapesOf } from "../selections/shapes-of.ts";
import { startsAtOf } from "../starts-at.ts";
import { newPhase } from "./phase.ts";

const ACTION = "job.retry";

export interface RedriveAsk {
  queue: string;
  selection: SelectionInput;
  phases: PhaseTarget[];
  gate: Gate;
  /** ISO 8601; null: at once. */
  startsAt: string | null;
  ratePerS: number | null;
  resetAttempts: boolean;
  actor: string;
}

/** A retry in phases, each judged by the fate of its jobs before the next begins. */
export function redriveCommand(deps: BulkDeps, ask: RedriveAsk): LongCommand<{ operation: OperationView }> {
  const { clock, operations, selections, redactor } = deps;
  const { queue, gate, phases: targets, ratePerS, resetAttempts } = ask;
  const id = ulid(clock.now());
  let freezing: Freezing | null = null;
  return {
    queue,
    jobId: null,
    operationId: id,
    source: "redrive",
    requested: null,
    details: {
      phases: targets.map(wordsOfTarget),
      gate,
      reset_attempts: resetAttempts,
      ...(ask.startsAt !== null && { starts_at: ask.startsAt }),
      ...(ratePerS !== null && { rate_per_s: ratePerS }),
    },
    async prepare() {
      operations.checkFree(ACTION, queue, startsAtOf(clock, ask.startsAt));
      freezing = await selections.whole({ queue, action: ACTION, input: ask.selection });
      const [first = 0] = phaseSizes(freezing.jobs.size, targets);
      const matched = freezing.jobs.size;
      const selected = { selection: wordsOf(freezing, redactor), ...shapesOf(freezing) };
      const details = { ...selected, matched, phase: 1, of: targets.length };
      return { requested: first, details };
    },
    async take(licence) {
      if (freezing === null) throw new TypeError("Nothing was prepared.");
      const order = orderOf(clock, licence, {
        ...ordered(ask, freezing),
        selection: selectionOf(freezing, redactor),
        id,
        startsAt: startsAtOf(clock, ask.startsAt),
      });
      const sizes = phaseSizes(order.matched, targets);
      const operation = new Operation(clock, order, freezing.jobs, {
        phases: targets.map((target, i) => newPhase(i + 1, target, sizes[i] ?? 0)),
        failingBefore: operations.sampled(queue)?.rates.failed_attempts_per_min ?? null,
      });
      return { operation: await operations.begin(operation, licence) };
    },
  };
}

function ordered({ queue, phases, gate, ratePerS, resetAttempts, actor }: RedriveAsk, freezing: Freezing) {
  return {
    kind: "redrive",
    action: ACTION,
    many: "retry",
    queue,
    matched: freezing.jobs.size,
    ratePerS,
    resetAttempts,
    shapes: freezing.groups.shapes(MOST_SHAPES),
    redrive: { targets: phases, gate },
    actor,
  } as const;
}

function wordsOfTarget(target: PhaseTarget): string {
  if ("count" in target) return `${target.count} jobs`;
  return "percent" in target ? `${target.percent} %` : "the rest";
}
