import type { Operation } from "@spillway/contract/schemas";
import { QueryObserver } from "@tanstack/react-query";
import { Link } from "react-router";
import { operationQuery } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import { shownClock } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { type Toast, toast } from "../../ui/toasts.tsx";
import { serverNow } from "../../ui/use-now.ts";
import { refreshTouched } from "../actions/run-write.tsx";
import { live } from "../live/the-live.ts";
import { isUnderWay } from "../operations/is-under-way.ts";
import { operationStory } from "../operations/operation-story.ts";
import { operationName } from "../operations/operation-words.ts";

/** How often it is asked where no stream brings it, ms. */
const withoutStream = 1500;

/** A message that tells how far an operation is until it has ended, with a link to its page. */
export function followOperation(begun: Operation): void {
  const observer = new QueryObserver(queryClient, {
    ...operationQuery(begun.id),
    refetchInterval: () => (live.state.get().status === "live" ? false : withoutStream),
  });
  let stop = () => {};
  const leave = () => {
    stop();
    message.close();
  };
  const action = (
    // Its page tells the same and more.
    <Link to={paths.operation(begun.id)} onClick={leave} className="text-xs text-accent hover:underline">
      Show the operation
    </Link>
  );
  const known = queryClient.getQueryData(operationQuery(begun.id).queryKey) ?? begun;
  const message = toast({ ...told(known), action });
  if (!isUnderWay(known)) return;
  stop = observer.subscribe(({ data }) => {
    if (data === undefined) return;
    message.update(told(data));
    if (isUnderWay(data)) return;
    stop();
    refreshTouched();
  });
}

/** As a message: what, how far, and at the end how it went. */
export function told(operation: Operation): Pick<Toast, "outcome" | "title" | "children"> {
  const { held, undo_until, note } = operation;
  const back =
    held?.state === "held" && undo_until !== null
      ? ` They can be put back until ${shownClock(undo_until, serverNow())}.`
      : "";
  return {
    outcome: outcomeOf(operation),
    title: `${operationName(operation)} · ${operation.queue}`,
    children: `${operationStory(operation)}${back}${note === null ? "" : ` ${note}`}`,
  };
}

function outcomeOf(operation: Operation): Toast["outcome"] {
  if (isUnderWay(operation)) return "running";
  if (operation.state === "failed" || operation.failed > 0) return "failed";
  return operation.unknown > 0 ? "unknown" : "success";
}
