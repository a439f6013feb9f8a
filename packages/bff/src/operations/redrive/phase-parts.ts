import type { PhaseTarget } from "@spillway/contract/schemas";
import { phaseSizes, spreadOver } from "@spillway/triage";
import type { FrozenJobs } from "../frozen/frozen-jobs.ts";

/**
 * The jobs of each phase: a representative few over shapes, tasks and ages as long as few are taken, and in their order
 * whatever is left. The same for the same selection, whenever it is asked.
 */
export function phaseParts(jobs: FrozenJobs, targets: readonly PhaseTarget[]): Uint32Array[] {
  const sizes = phaseSizes(jobs.size, targets);
  const taken = new Set<number>();
  return sizes.map((size, i) => {
    const isRest = size >= jobs.size - taken.size;
    const picked = isRest ? rest(jobs.size, taken) : spreadOver(jobs.groups, size, taken);
    if (i < sizes.length - 1) for (const position of picked) taken.add(position);
    return Uint32Array.from(picked);
  });
}

function rest(size: number, taken: ReadonlySet<number>): number[] {
  const positions: number[] = [];
  for (let position = 0; position < size; position++) if (!taken.has(position)) positions.push(position);
  return positions;
}
