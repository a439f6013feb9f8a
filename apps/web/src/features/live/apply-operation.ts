import type { Operation, OperationList } from "@spillway/contract/schemas";
import type { QueryClient } from "@tanstack/react-query";
import { operationQuery } from "../../api/queries.ts";
import type { Refresher } from "./refresher.ts";

/**
 * Puts an operation as it is now into every picture that shows it. Lists that may show it or no longer may are asked
 * again, and so is what its jobs are listed in.
 */
export function applyOperation(client: QueryClient, refresher: Refresher, operation: Operation): void {
  const { queryKey } = operationQuery(operation.id);
  const before = client.getQueryData(queryKey);
  client.setQueryData(queryKey, operation);
  client.setQueriesData<OperationList>({ queryKey: ["listOperations"] }, (now) =>
    now === undefined ? undefined : replaceIn(now, operation),
  );
  if (before?.state !== operation.state) {
    refresher.refresh(["listOperations"]);
    // A reply on its way may be older than this event and come after it.
    refresher.refresh(queryKey);
  }
  refresher.refresh(["listOutcomes", { operation_id: operation.id }]);
  for (const name of ["listJobs", "getBreakdown", "getShapes"])
    refresher.refresh([name, { queue: operation.queue }]);
}

const replaceIn = (list: OperationList, operation: Operation): OperationList => ({
  ...list,
  items: list.items.map((one) => (one.id === operation.id ? operation : one)),
});
