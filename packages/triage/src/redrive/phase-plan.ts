/** How many jobs a phase takes: a number, a share of all that were selected, or whatever is left. */
export type PhaseTarget = { count: number } | { percent: number } | { rest: true };

/**
 * The sizes of the phases over `total` jobs, in order. None takes more than the earlier ones left; a percentage is of all,
 * rounded up, so that it is never nothing while something is left. What no phase takes is not retried.
 */
export function phaseSizes(total: number, targets: readonly PhaseTarget[]): number[] {
  let left = total;
  return targets.map((target) => {
    const size = Math.min(left, wanted(total, target));
    left -= size;
    return size;
  });
}

function wanted(total: number, target: PhaseTarget): number {
  if ("count" in target) return target.count;
  if ("percent" in target) return Math.ceil((total * target.percent) / 100);
  return total;
}

/**
 * A representative few: the positions of `count` jobs that are spread over the groups they belong to (`groups` holds a
 * number for each job), and within each group over its positions, which are its ages. Every group gets one before any
 * gets two, larger groups first. Positions in `taken` are left out. Rising.
 */
export function spreadOver(
  groups: ArrayLike<number>,
  count: number,
  taken: ReadonlySet<number> = new Set(),
): number[] {
  const members = membersOf(groups, taken);
  const shares = sharesOf(
    members.map(({ length }) => length),
    count,
  );
  return members.flatMap((group, i) => spread(group, shares[i] ?? 0)).sort((a, b) => a - b);
}

/** The positions of each group, the largest group first. */
function membersOf(groups: ArrayLike<number>, taken: ReadonlySet<number>): number[][] {
  const byGroup = new Map<number, number[]>();
  for (let i = 0; i < groups.length; i++) {
    const group = groups[i];
    if (group === undefined || taken.has(i)) continue;
    const known = byGroup.get(group);
    if (known) known.push(i);
    else byGroup.set(group, [i]);
  }
  return [...byGroup.values()].sort((a, b) => b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0));
}

/** How many of `count` each group gets: one each in turn, until all are given out or nothing is left to give them to. */
function sharesOf(sizes: readonly number[], count: number): number[] {
  const shares = sizes.map(() => 0);
  let left = count;
  for (let round = 0; left > 0; round++) {
    const open = sizes.flatMap((size, i) => (size > round ? [i] : []));
    if (open.length === 0) break;
    for (const i of open.slice(0, left)) shares[i] = round + 1;
    left -= Math.min(left, open.length);
  }
  return shares;
}

/** `count` of these, evenly from the first to the last; of one, the middle. */
function spread(positions: readonly number[], count: number): number[] {
  if (count >= positions.length) return [...positions];
  const last = positions.length - 1;
  return Array.from({ length: count }, (_, i) => {
    const at = count === 1 ? last / 2 : (i * last) / (count - 1);
    return positions[Math.floor(at)] ?? 0;
  });
}
