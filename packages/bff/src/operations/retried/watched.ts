import type { Operation } from "../operation.ts";

/** Jobs of an operation, and of one error shape of it, that are looked at one by one. */
const MOST = 1_000;
const MOST_OF_ONE = 200;

const watched = new WeakMap<Operation, ReadonlySet<number>>();

/**
 * The jobs of a retry, by position, whose fate stands for that of all: some of each error shape, spread evenly over the
 * selection. The same ones each time.
 */
export function watchedOf(operation: Operation): ReadonlySet<number> {
  const known = watched.get(operation);
  if (known !== undefined) return known;
  const chosen = choose(operation);
  watched.set(operation, chosen);
  return chosen;
}

function choose({ jobs, order: { shapes } }: Operation): Set<number> {
  const chosen = new Set<number>();
  if (jobs === null || shapes === null) return chosen;
  const { groups } = jobs;
  const placeOf = (position: number): number => shapes.byGroup[groups[position] ?? -1] ?? -1;
  const counts = new Uint32Array(shapes.ids.length);
  for (let position = 0; position < groups.length; position++) count(counts, placeOf(position));
  const most = Math.max(1, Math.min(MOST_OF_ONE, Math.floor(MOST / counts.length)));
  const seen = new Uint32Array(counts.length);
  for (let position = 0; position < groups.length; position++) {
    const place = placeOf(position);
    if (place < 0) continue;
    if (isChosen(seen[place] ?? 0, counts[place] ?? 0, most)) chosen.add(position);
    count(seen, place);
  }
  return chosen;
}

/** Of so many, `most` in even steps. */
function isChosen(index: number, all: number, most: number): boolean {
  return all <= most || Math.floor((index * most) / all) !== Math.floor(((index - 1) * most) / all);
}

function count(counts: Uint32Array, place: number): void {
  if (place >= 0) counts[place] = (counts[place] ?? 0) + 1;
}
