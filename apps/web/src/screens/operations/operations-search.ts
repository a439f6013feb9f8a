import type { Query } from "@spillway/contract/schemas";
import { operationStates } from "../../features/operations/operation-state.tsx";
import { countField, maybeField, textField, type UrlValue, urlState } from "../../lib/url-state.ts";

const fields = {
  state: maybeField(operationStates),
  queue: textField(1000),
  page: countField(1),
};
export const operationsSearch = urlState(fields);
export type OperationsSearch = UrlValue<typeof fields>;

/** What is asked of the server. */
export function askedOf({ state, queue, page }: OperationsSearch): Query<"listOperations"> {
  return {
    ...(state === null ? {} : { state }),
    ...(queue === "" ? {} : { queue }),
    ...(page === 1 ? {} : { page }),
  };
}
