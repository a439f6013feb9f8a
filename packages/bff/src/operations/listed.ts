import type { Operation, OperationState } from "./operation.ts";

/** Which operations are asked for. */
export interface Wanted {
  state?: OperationState | undefined;
  queue?: string | undefined;
  /** Those that go on or hold jobs, or only those that do neither. */
  open?: boolean | undefined;
}

/** Those that go on before those that ended, each in the order given: none that acts is on a page nobody turns to. */
export function listed(operations: readonly Operation[], { state, queue, open }: Wanted): Operation[] {
  const found = operations.filter(
    (operation) =>
      (state === undefined || operation.standing.state === state) &&
      (queue === undefined || operation.order.queue === queue) &&
      (open === undefined || isOpen(operation) === open),
  );
  return found.toSorted((a, b) => Number(a.hasEnded) - Number(b.hasEnded));
}

function isOpen({ hasEnded, standing }: Operation): boolean {
  return !hasEnded || (standing.held?.left ?? 0) > 0;
}
