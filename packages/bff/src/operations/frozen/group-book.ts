import type { ScanRow } from "@spillway/engine";
import type { ShapeCache } from "@spillway/triage";

/** What the jobs of a group have in common; what is not told apart is null. */
export interface Group {
  task: string | null;
  shapeId: string | null;
  /** Of the shape, without secrets. */
  title: string | null;
  count: number;
}

/** Which error shapes the jobs of a selection have: ids, and for each group of jobs the place of its shape among them, or -1. */
export interface ShapePlaces {
  ids: string[];
  byGroup: number[];
}

/** A position in a Uint16Array holds so many numbers; jobs of further groups share the last. */
const MOST = 65_536;

/** Numbers the kinds of jobs in a selection: each error shape of each task is one. */
export class GroupBook {
  readonly #shapes: ShapeCache;
  readonly #numbers = new Map<string, number>();
  readonly #groups: Group[] = [];
  #cancelled = 0;

  constructor(shapes: ShapeCache) {
    this.#shapes = shapes;
  }

  /** The number of the group a job belongs to; counts it. */
  add({ task, error }: Pick<ScanRow, "task" | "error">): number {
    if (error?.name === "Cancelled") this.#cancelled++;
    const shape = error === null ? null : this.#shapes.shapeOf(error);
    const key = `${shape?.id ?? ""}\0${task ?? ""}`;
    const known = this.#numbers.get(key);
    const group = known === undefined ? undefined : this.#groups[known];
    if (known !== undefined && group !== undefined) {
      group.count++;
      return known;
    }
    if (this.#groups.length === MOST) return this.#addToLast();
    this.#numbers.set(key, this.#groups.length);
    this.#groups.push({ task, shapeId: shape?.id ?? null, title: shape?.title ?? null, count: 1 });
    return this.#groups.length - 1;
  }

  /** How many jobs ended because somebody cancelled them. */
  get cancelled(): number {
    return this.#cancelled;
  }

  /** Commonest first, at most so many. */
  commonest(most: number): Group[] {
    return this.#groups.toSorted((a, b) => b.count - a.count).slice(0, most);
  }

  /** The error shapes of all groups, commonest first, at most so many; and of each group the place of its own, or -1. */
  shapes(most: number): ShapePlaces {
    const counts = new Map<string, number>();
    for (const { shapeId, count } of this.#groups)
      if (shapeId !== null) counts.set(shapeId, (counts.get(shapeId) ?? 0) + count);
    const ids = [...counts.keys()].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0)).slice(0, most);
    const places = new Map(ids.map((id, place) => [id, place]));
    return { ids, byGroup: this.#groups.map(({ shapeId }) => places.get(shapeId ?? "") ?? -1) };
  }

  #addToLast(): number {
    const last = this.#groups.at(-1);
    if (last !== undefined) last.count++;
    return MOST - 1;
  }
}
