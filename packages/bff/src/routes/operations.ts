import type { Handlers, WriteAsk } from "../http/handlers.ts";
import { handCommand, purgeCommand, turns, undoCommand } from "../operations/index.ts";
import type { Room } from "./room.ts";

type Reads = "listOperations" | "getOperation" | "listOutcomes";
type Hands = "pauseOperation" | "resumeOperation" | "cancelOperation" | "advanceOperation";
type Holds = "undoOperation" | "purgeOperation";

export function operationRoutes(room: Room): Pick<Handlers, Reads | Hands | Holds> {
  const { operations } = room;
  const hand =
    (turn: (typeof turns)[keyof typeof turns]) =>
    ({ params, actor }: WriteAsk<Hands>) =>
      handCommand(operations, params.operation_id, actor.name, turn);
  return {
    listOperations: ({ query }) => operations.list(query),
    getOperation: ({ params }) => operations.view(operations.get(params.operation_id)),
    listOutcomes: ({ params, query }) => operations.outcomes(params.operation_id, query),
    pauseOperation: hand(turns.pause),
    resumeOperation: hand(turns.resume),
    cancelOperation: hand(turns.cancel),
    advanceOperation: hand(turns.advance),
    undoOperation: ({ params }) => undoCommand(room, params.operation_id),
    purgeOperation: ({ params }) => purgeCommand(room, params.operation_id),
  };
}
