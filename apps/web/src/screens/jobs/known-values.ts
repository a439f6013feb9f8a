import type { Breakdown, JobState } from "@spillway/contract/schemas";
import { type UseQueryResult, useQueries } from "@tanstack/react-query";
import { breakdownQuery } from "../../api/queries.ts";
import { isUnknown, keysFor, nameOf } from "../../features/breakdown/breakdown-keys.ts";
import { formatCount } from "../../lib/format.ts";
import { stateWord } from "../../ui/state-badge.tsx";

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
      .map((one) => ({ by, state: one, query: breakdownQuery(queue, { state: one, by }) })),
  );
  return useQueries({
    queries: asked.map(({ by, query }) => ({ ...query, enabled: wanted.has(by), staleTime: 60_000 })),
    combine: (answers) => gather(asked, answers),
  });
}

interface Asked {
  by: KnownBy;
  state: JobState;
}

/** The values that were found, each with what was counted of it: no figure says more than was looked at. */
export function gather(
  asked: readonly Asked[],
  answers: readonly Pick<UseQueryResult<Breakdown>, "data">[],
): KnownValues {
  const known: Record<KnownBy, KnownValue[]> = { task: [], error_shape: [], worker: [], worker_version: [] };
  for (const [index, { by, state }] of asked.entries()) {
    const { groups = [], complete = true } = answers[index]?.data ?? {};
    for (const group of groups) {
      const value = nameOf(group);
      if (isUnknown(by, group.key)) continue;
      const at = known[by].findIndex((one) => one.value === value);
      const before = known[by][at];
      const counted = `${formatCount(group.count)}${complete ? "" : " or more"} ${stateWord(state)}`;
      if (before === undefined)
        known[by].push({
          value,
          note: by === "error_shape" ? group.key : counted,
          found: `${value} ${group.key}`.toLowerCase(),
        });
      else if (by !== "error_shape") known[by][at] = { ...before, note: `${before.note}, ${counted}` };
    }
  }
  return known;
}
