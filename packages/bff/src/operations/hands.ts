import type { Operation as OperationView } from "@spillway/contract/schemas";
import type { ShortCommand } from "../commands/index.ts";
import { ProblemError } from "../http/problem.ts";
import type { Operation } from "./operation.ts";
import type { Operations } from "./operations.ts";

type Reply = { operation: OperationView };

/** What a hand does to an operation: true if that changed anything. Throws `conflict` where it can't be done now. */
type Turn = (operation: Operation, by: string) => boolean;

/** Starts no more jobs until resumed. */
const pause: Turn = (operation, by) => {
  mustGoOn(operation);
  if (operation.standing.state === "paused") return false;
  operation.pause(by);
  return true;
};

const resume: Turn = (operation) => {
  mustGoOn(operation);
  if (operation.standing.state !== "paused") return false;
  operation.resume();
  return true;
};

/** Stops it: what is done stays done. */
const cancel: Turn = (operation, by) => {
  mustGoOn(operation);
  operation.standing.cancelledBy = by;
  operation.valve.stop("cancelled");
  return true;
};

/** Begins the next phase whatever the verdict. */
const advance: Turn = (operation, by) => {
  mustGoOn(operation);
  const { state } = operation.standing;
  if (state !== "awaiting_verdict" && state !== "awaiting_operator")
    throw new ProblemError("conflict", ADVANCE[operation.order.kind === "redrive" ? state : "done"] ?? "");
  operation.advanceBy = by;
  operation.valve.wake();
  return true;
};

const ADVANCE: Record<string, string> = {
  scheduled: "It has not begun yet.",
  done: "It has no phases to advance to.",
  running: "Its jobs are still being put back.",
  paused: "It is paused: resume it first.",
};

export const turns = { pause, resume, cancel, advance };

/** A hand on an operation, as a write of its own. */
export function handCommand(operations: Operations, id: string, by: string, turn: Turn): ShortCommand<Reply> {
  return {
    queue: operations.find(id)?.order.queue ?? null,
    jobId: null,
    operationId: id,
    async act(notes) {
      const operation = operations.get(id);
      notes.from = operation.standing.state;
      const isChanged = turn(operation, by);
      notes.to = operation.standing.state;
      notes.done = operation.book.done;
      if (isChanged) operations.changed(operation);
      return { affected: isChanged ? 1 : 0, reply: { operation: operations.view(operation) } };
    },
  };
}

function mustGoOn({ hasEnded, standing }: Operation): void {
  if (!hasEnded) return;
  const how = standing.state === "cancelled" ? "stopped" : standing.state;
  throw new ProblemError("conflict", `It has ended already: it is ${how}.`);
}
