import type { JobState, ScanBatch, ScanField, ScanOptions } from "@spillway/engine";
import type { EngineParts } from "./engine-parts.ts";
import { baseOf } from "./keys.ts";
import { list, number, text } from "./reply.ts";
import { runScript } from "./run-script.ts";
import {
  decodeCursor,
  encodeCursor,
  type Place,
  placesOf,
  SCAN_START,
  type ScanCursor,
} from "./scan-cursor.ts";
import { scanRows } from "./scan-row.ts";
import { type RawBatch, walkPlace } from "./scan-walk.ts";
import { SCAN_BATCH } from "./scripts/scan-batch.ts";

/** Jobs in one script. Other clients wait for no longer than it takes: a few ms. */
const BATCH = 250;
const LETTERS: Record<ScanField, string> = {
  task: "t",
  payload: "p",
  error: "e",
  times: "m",
  worker: "w",
  version: "v",
};

/**
 * Walks jobs in small batches, the next two always asked for while the reader works on one. An empty place yields no
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
  let cursor = options.cursor === undefined ? SCAN_START : decodeCursor(options.cursor);
  let totalToScan: number | null = null;
  let scanned = 0;
  for (let place = places[cursor.place]; place !== undefined; place = places[cursor.place]) {
    const here: Place = place;
    const read = (from: ScanCursor, skip: number) => readBatch(parts, queue, options, here, from, skip);
    for await (const { batch, last } of walkPlace(read, cursor, BATCH)) {
      totalToScan ??= batch.left + (await sizeOf(parts, queue, options, places.slice(cursor.place + 1)));
      cursor = last ? { ...SCAN_START, place: cursor.place + 1 } : batch.next;
      scanned += batch.seen;
      const done = cursor.place >= places.length;
      if (batch.seen === 0 && !done) continue;
      const rest = done ? null : encodeCursor(cursor);
      yield { rows: batch.rows, scanned, totalToScan: Math.max(totalToScan, scanned), cursor: rest };
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

async function readBatch(
  parts: EngineParts,
  queue: string,
  options: ScanOptions,
  place: Place,
  cursor: ScanCursor,
  skip: number,
): Promise<RawBatch> {
  const { low, high } = boundsOf(place.state, options);
  const letters = options.fields.map((field) => LETTERS[field]).join("");
  const part = (options.idContains ?? "").toLowerCase();
  const args = [
    place.key,
    place.kind,
    options.order ?? "newest",
    BATCH,
    skip,
    cursor.at,
    low,
    high,
    part,
    letters,
    ...cursor.ids,
  ];
  const reply = await parts.connection.read(
    (redis) => runScript(redis, SCAN_BATCH, [baseOf(parts.prefix, queue)], args),
    options.signal,
  );
  const [rows, traces, seen, left, at, ids, before] = list(reply);
  return {
    rows: scanRows(place.state, options.fields, rows, traces, (id, name, lock) =>
      parts.workerIds.of({ queue, jobId: id, lock, name }),
    ),
    seen: number(seen) ?? 0,
    left: number(left) ?? 0,
    before: text(before),
    next: { place: cursor.place, at: text(at) ?? "", ids: list(ids).map((id) => text(id) ?? "") },
  };
}

/** Scores of finished jobs are their finish times; those of other sets are of another kind. */
function boundsOf(state: JobState, options: ScanOptions): { low: string; high: string } {
  const finished = state === "completed" || state === "failed";
  return {
    low: finished && options.from !== undefined ? String(options.from) : "",
    high: finished && options.to !== undefined ? String(options.to) : "",
  };
}
