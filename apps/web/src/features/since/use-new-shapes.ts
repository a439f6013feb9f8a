import { useQuery } from "@tanstack/react-query";
import { shapesQuery } from "../../api/queries.ts";
import { newShapes } from "./new-shapes.ts";
import { useBefore } from "./use-before.ts";
import { useSince } from "./use-since.ts";

const none: ReadonlySet<string> = new Set();

/**
 * The shapes of a queue that were never seen before the chosen moment; none where no moment is chosen or where it can't be
 * told. All failed jobs are asked for, whatever window is shown: within a window everything would be new at its beginning.
 */
export function useNewShapes(queue: string): ReadonlySet<string> {
  const since = useSince();
  const before = useBefore(queue);
  const { data } = useQuery({ ...shapesQuery(queue, {}), enabled: since !== null, staleTime: 10_000 });
  if (since === null || data?.complete !== true || before === null) return none;
  return new Set(newShapes(data, since, before.failed).fresh.map(({ id }) => id));
}
