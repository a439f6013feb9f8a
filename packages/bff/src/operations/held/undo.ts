import type { Operation as OperationView } from "@spillway/contract/schemas";
import type { QueueEngine } from "@spillway/engine";
import type { LongCommand } from "../../commands/index.ts";
import { ProblemError } from "../../http/problem.ts";
import type { Operation } from "../operation.ts";
import type { Operations } from "../operations.ts";

export interface HeldDeps {
  engine: Pick<QueueEngine, "capabilities">;
  operations: Operations;
}

/** Puts the jobs that an operation holds back to where they were. */
export function undoCommand(deps: HeldDeps, id: string): LongCommand<{ operation: OperationView }> {
  return emptyCommand(deps, id, "restore");
}

/** Deletes the jobs that an operation holds, before their time. */
export function purgeCommand(deps: HeldDeps, id: string): LongCommand<{ operation: OperationView }> {
  return emptyCommand(deps, id, "purge");
}

function emptyCommand(
  { engine, operations }: HeldDeps,
  id: string,
  activity: "restore" | "purge",
): LongCommand<{ operation: OperationView }> {
  return {
    queue: operations.find(id)?.order.queue ?? null,
    jobId: null,
    operationId: id,
    requested: null,
    async prepare() {
      const operation = operations.get(id);
      return { requested: heldBy(operation, engine), details: { of: operation.order.action } };
    },
    async take(licence) {
      const operation = operations.get(id);
      heldBy(operation, engine);
      return { operation: operations.again(operation, licence, activity) };
    },
  };
}

/** How many jobs it holds, to be put back or deleted. Throws `conflict` if that can't be done now. */
function heldBy({ standing, hasEnded }: Operation, { capabilities }: HeldDeps["engine"]): number {
  const { held } = standing;
  if (!hasEnded) {
    const what = held?.state === "restoring" ? "puts jobs back" : "deletes jobs";
    throw new ProblemError("conflict", `It still ${what}: stop it first.`);
  }
  if (held !== null && held.left > 0) return held.left;
  if (held?.state === "restored") throw new ProblemError("conflict", "Its jobs were put back already.");
  if (held?.state === "purged") throw new ProblemError("conflict", "Its jobs were deleted for good.");
  if (capabilities.hold !== true)
    throw new ProblemError("unsupported", capabilities.hold, { capability: "hold" });
  throw new ProblemError("conflict", "It holds no jobs.");
}
