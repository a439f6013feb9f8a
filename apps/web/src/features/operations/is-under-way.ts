import type { Operation, OperationState } from "@spillway/contract/schemas";

const ended: readonly OperationState[] = ["done", "cancelled", "failed"];

/** Whether it still acts, will act, or waits for somebody to let it act. */
export const isUnderWay = ({ state }: Pick<Operation, "state">): boolean => !ended.includes(state);
