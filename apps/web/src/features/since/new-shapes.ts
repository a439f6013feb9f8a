import type { ErrorShape, Shapes } from "@spillway/contract/schemas";

interface NewShapes {
  /** First seen after the moment, the most frequent first. */
  fresh: ErrorShape[];
  /** Set where nothing can be said: jobs failed before the moment, but what is kept begins only then. */
  keptFrom: string | null;
}

/** Which shapes are new since a moment, as far as failed jobs are still kept. `failedBefore`: how many were there then. */
export function newShapes({ items }: Shapes, since: string, failedBefore: number | null): NewShapes {
  const seen = items.flatMap((shape) => shape.first_seen ?? []);
  const oldest = seen.toSorted()[0] ?? null;
  if (oldest !== null && oldest > since && failedBefore !== 0) return { fresh: [], keptFrom: oldest };
  const fresh = items.filter((shape) => shape.first_seen !== null && shape.first_seen >= since);
  return { fresh: fresh.toSorted((a, b) => b.count - a.count), keptFrom: null };
}
