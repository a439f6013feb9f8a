import { useQuery } from "@tanstack/react-query";
import type { LoaderFunctionArgs } from "react-router";
import { load, loadBehind, useLoaded } from "../../api/load.ts";
import { operationQuery, outcomesQuery, queuesQuery } from "../../api/queries.ts";
import { useReasonRequired } from "../../features/confirm/reason-fields.tsx";
import { isUnderWay } from "../../features/operations/is-under-way.ts";
import { useAskAgain } from "../../features/operations/use-operations.ts";
import { FellBackNote } from "../../features/place/fell-back-note.tsx";
import { usePlace, useUrlState } from "../../features/place/use-place.ts";
import { reason, useCan } from "../../features/session/use-session.ts";
import { placeOf, searchOf } from "../../lib/paths.ts";
import { commandOperation, type OperationCommand } from "./operation-commands.ts";
import { OperationView } from "./operation-view.tsx";
import { askedOf, outcomeSearch } from "./outcome-search.ts";
import { Outcomes } from "./outcomes.tsx";
import { StillRuns } from "./still-runs.tsx";

export async function loader({ request }: LoaderFunctionArgs): Promise<null> {
  const { operationId } = placeOf(request);
  const { value } = outcomeSearch.parse(searchOf(request));
  const behind = loadBehind(outcomesQuery(operationId, askedOf(value)), queuesQuery());
  await load(operationQuery(operationId));
  return behind;
}

/** What an operation does, how far it is, what became of its jobs, and how to stop it. */
export function Component() {
  const { operationId } = usePlace();
  const { value: search, fellBack, link } = useUrlState(outcomeSearch);
  const again = useAskAgain();
  const operation = useLoaded({
    ...operationQuery(operationId),
    refetchInterval: ({ state }) =>
      state.data !== undefined && (isUnderWay(state.data) || isMoving(state.data.held)) ? again : false,
  });
  const can = useCan();
  const { data: queues } = useQuery(queuesQuery());
  const queue = queues?.items.find(({ name }) => name === operation.queue);
  const asks = {
    pause: useReasonRequired("operation.pause"),
    resume: useReasonRequired("operation.resume"),
  };
  const command = (name: OperationCommand) =>
    void commandOperation(name, operation, name === "pause" || name === "resume" ? asks[name] : false);
  return (
    <>
      <FellBackNote fellBack={fellBack} />
      <OperationView
        operation={operation}
        off={(name) => reason(can(`operation.${name}`, queue))}
        onCommand={command}
        stillRuns={<StillRuns operation={operation} queue={queue} />}
      >
        <Outcomes operation={operation} search={search} link={link} />
      </OperationView>
    </>
  );
}

const isMoving = (held: { state: string } | null): boolean =>
  held?.state === "restoring" || held?.state === "purging";
