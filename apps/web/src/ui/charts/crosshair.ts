import { createStore, type Store } from "../../lib/store.ts";

/** Which time is looked at, epoch ms; null: none. */
export type Crosshair = Store<number | null>;

const shared = new Map<string, Crosshair>();

/** One for all charts of this id. */
export function crosshairOf(syncId: string): Crosshair {
  const known = shared.get(syncId) ?? createStore<number | null>(null);
  shared.set(syncId, known);
  return known;
}
