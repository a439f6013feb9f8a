import type { Shapes } from "@spillway/contract/schemas";
import { useQueries, useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { queuesQuery, shapesQuery } from "../../api/queries.ts";
import { formatCount, plural, shownMinute } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { failsBadly } from "../queues/failing.ts";
import { troubleWeight } from "../queues/sort-queues.ts";
import { newShapes } from "./new-shapes.ts";
import { useBefore, useQueuesBefore } from "./use-before.ts";

/** How many queues are asked for new errors at once: each answer reads failed jobs. */
const mostQueues = 3;
const pace = 1000;

/** Errors that were never seen before the moment: of one queue, or of those that fail worst. */
export function NewErrors({ queue, since }: { queue: string | null; since: string }) {
  const failing = useFailing(queue === null);
  const queues = queue === null ? failing : [queue];
  const answers = useQueries({
    queries: queues.map((name) => ({
      ...shapesQuery(name, {}),
      staleTime: 10_000,
      // A long reading goes on while it is asked for.
      refetchInterval: ({ state }: { state: { data?: Shapes | undefined } }) =>
        state.data?.complete === false ? pace : false,
    })),
  });
  const own = useBefore(queue);
  const others = useQueuesBefore();
  return queues.map((name, index) => {
    const shapes = answers[index]?.data;
    const before = queue === null ? others?.get(name) : own;
    return shapes === undefined ? (
      <span key={name} className="text-dim">
        looking for new errors…
      </span>
    ) : (
      <NewErrorsOf
        key={name}
        queue={name}
        shapes={shapes}
        since={since}
        failedBefore={before?.failed ?? null}
        named={queue === null}
      />
    );
  });
}

function useFailing(wanted: boolean): string[] {
  const { data } = useQuery({ ...queuesQuery(), enabled: wanted });
  return (data?.items ?? [])
    .filter(failsBadly)
    .toSorted((a, b) => troubleWeight(b) - troubleWeight(a))
    .slice(0, mostQueues)
    .map((one) => one.name);
}

interface NewErrorsOfProps {
  queue: string;
  shapes: Shapes;
  since: string;
  failedBefore: number | null;
  /** Say which queue it is of. */
  named: boolean;
}

function NewErrorsOf({ queue, shapes, since, failedBefore, named }: NewErrorsOfProps) {
  const where = named ? ` in ${queue}` : "";
  if (!shapes.complete)
    return (
      <span className="text-dim">
        looking for new errors{where}, seen {formatCount(shapes.scanned)} of{" "}
        {formatCount(shapes.total_to_scan)}
      </span>
    );
  const { fresh, keptFrom } = newShapes(shapes, since, failedBefore);
  if (keptFrom !== null)
    return (
      <span className="text-dim">
        failed jobs{where} are kept since {shownMinute(keptFrom)} only: which errors are new can't be told
      </span>
    );
  const [first] = fresh;
  if (first === undefined) return <span className="text-dim">no new error{where}</span>;
  const to = `${paths.dlq(queue)}?${new URLSearchParams({ from: since, shape: first.id })}`;
  return (
    <Link to={to} className="min-w-0 font-semibold text-failed [overflow-wrap:anywhere] hover:underline">
      {plural(fresh.length, "new error")}
      {where}: {first.title} ({formatCount(first.count)})
    </Link>
  );
}
