import type { ScanBatch, ScanOptions } from "@spillway/engine";
import type { EngineParts } from "./engine-parts.ts";
import { baseOf } from "./keys.ts";
import { number } from "./reply.ts";
import { decodeCursor, encodeCursor, type Place, placesOf, SCAN_START } from "./scan-cursor.ts";
import { BATCH, boundsOf, createBatchReader } from "./scan-read.ts";
import { walkPlace } from "./scan-walk.ts";

/**
 * Walks jobs in small batches, the next ones always asked for while the reader works on one. An empty place yields no
 * batch, unless it is the last: a walk that was finished always ends with a cursor of null.
 */
export async function* scanJobs(
  parts: EngineParts,
  queue: string,
  options: ScanOptions,
): AsyncGenerator<ScanBatch> {
  const { signal } = options;
  signal?.throwIfAborted();
  await parts.discovery.require(queue, signal);
  const places = placesOf(options.states, options.order ?? "newest");
  const read = createBatchReader(parts, queue, options);
  let cursor = options.cursor === undefined ? SCAN_START : decodeCursor(options.cursor);
  let totalToScan: number | null = null;
  let scanned = 0;
  for (let place = places[cursor.place]; place !== undefined; place = places[cursor.place]) {
    const here: Place = place;
    const steps = walkPlace((from, skip) => read(here, from, skip), cursor, BATCH);
    for await (const { batch, last } of steps) {
      totalToScan ??= batch.left + (await sizeOf(parts, queue, options, places.slice(cursor.place + 1)));
      cursor = last ? { ...SCAN_START, place: cursor.place + 1 } : batch.next;
      scanned += batch.seen;
      const done = cursor.place >= places.length;
      if (batch.seen === 0 && !done) continue;
      const rest = done ? null : encodeCursor(cursor);
      yield {
        rows: batch.rows,
        lookedBefore: batch.places,
        scanned,
        totalToScan: Math.max(totalToScan, scanned),
        cursor: rest,
      };
      signal?.throwIfAborted();
    }
  }
}

async function sizeOf(
  parts: EngineParts,
  queue: string,
  options: ScanOptions,
  places: readonly Place[],
): Promise<number> {
  if (places.length === 0) return 0;
  const base = baseOf(parts.prefix, queue);
  const sizes = await parts.connection.read(async (redis) => {
    const pipeline = redis.pipeline();
    for (const place of places) {
      const bounds = boundsOf(place.state, options);
      if (place.kind === "list") pipeline.llen(base + place.key);
      else pipeline.zcount(base + place.key, bounds.low || "-inf", bounds.high || "+inf");
    }
    return (await pipeline.exec()) ?? [];
  }, options.signal);
  return sizes.reduce((sum, [, size]) => sum + (number(size) ?? 0), 0);
}
