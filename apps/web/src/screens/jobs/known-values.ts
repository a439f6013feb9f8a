import type { Breakdown, JobState } from "@spillway/contract/schemas";
import { type UseQueryResult, useQueries } from "@tanstack/react-query";
import { breakdownQuery } from "../../api/queries.ts";
import { isUnknown, keysFor, nameOf } from "../../features/breakdown/breakdown-keys.ts";
import { plural } from "../../lib/format.ts";

/** What the values of a filter are known by: jobs are broken down by them. */
export const knownBy = ["task", "error_shape", "worker", "worker_version"] as const;
type KnownBy = (typeof knownBy)[number];

/** A value that some job has, what to say of it, and what it is found by. */
export interface KnownValue {
  value: string;
  note: string;
  found: string;
}

/** What there is to choose from, as far as the page knows. */
export type KnownValues = Readonly<Record<KnownBy, readonly KnownValue[]>>;

/** Where no state is chosen, what runs and what failed are most of what there is. */
const usual: readonly JobState[] = ["active", "failed"];

/** The values that jobs here have, the most frequent first; only those of `wanted` are asked for. */
export function useKnownValues(
  queue: string,
  state: JobState | null,
  wanted: ReadonlySet<string>,
): KnownValues {
  const asked = knownBy.flatMap((by) =>
    (state === null ? usual : [state])
      .filter((one) => keysFor(one).includes(by))
      .map((one) => ({ by, query: breakdownQuery(queue, { state: one, by }) })),
  );
  return useQueries({
    queries: asked.map(({ by, query }) => ({ ...query, enabled: wanted.has(by), staleTime: 60_000 })),
    combine: (answers) => gather(asked, answers),
  });
}

function gather(
  asked: readonly { by: KnownBy }[],
  answers: readonly UseQueryResult<Breakdown>[],
): KnownValues {
  const known: Record<KnownBy, KnownValue[]> = { task: [], error_shape: [], worker: [], worker_version: [] };
  for (const [index, { by }] of asked.entries()) {
    for (const group of answers[index]?.data?.groups ?? []) {
      const value = nameOf(group);
      if (isUnknown(by, group.key) || known[by].some((one) => one.value === value)) continue;
      const note = by === "error_shape" ? group.key : plural(group.count, "job");
      known[by].push({ value, note, found: `${value} ${group.key}`.toLowerCase() });
    }
  }
  return known;
}
