import type { JobState, ScanField, ScanOptions } from "@spillway/engine";
import { comparedPart } from "./compared-part.ts";
import type { EngineParts } from "./engine-parts.ts";
import { baseOf } from "./keys.ts";
import { list, number, text } from "./reply.ts";
import { runPackedScript, type ScriptArg } from "./run-script.ts";
import type { Place, ScanCursor } from "./scan-cursor.ts";
import { ErrorReader } from "./scan-error.ts";
import { type Columns, columnsOf, noColumns, scanRows } from "./scan-row.ts";
import { canSort, sortedColumns } from "./scan-sort.ts";
import type { RawBatch } from "./scan-walk.ts";
import { SCAN_BATCH } from "./scripts/scan-batch.ts";
import { SCAN_PLACE } from "./scripts/scan-place.ts";

/** Jobs in one batch. Other clients wait for no longer than one takes: a few ms. */
export const BATCH = 250;
const LETTERS: Record<ScanField, string> = {
  task: "t",
  payload: "p",
  error: "e",
  times: "m",
  finished: "f",
  worker: "w",
  version: "v",
};

/** Reads the batch that comes after a cursor in a place, `skip` jobs further on. */
export type ReadBatch = (place: Place, cursor: ScanCursor, skip: number) => Promise<RawBatch>;

/**
 * Jobs of a set that are all small are read by Redis's own SORT, for a third of what a script takes; sizes are measured
 * first, so that nothing huge is sent. All others, and all errors, are read by a script that measures and cuts each: of stacks
 * it sends a twentieth. What is looked for in payloads the script compares there: of a million it sends those that hold it.
 */
export function createBatchReader(parts: EngineParts, queue: string, options: ScanOptions): ReadBatch {
  const { fields, signal, order = "newest", idContains = "" } = options;
  const inPayload = comparedPart(options.payloadContains ?? "");
  const base = baseOf(parts.prefix, queue);
  const letters = fields.map((field) => LETTERS[field]).join("");
  const errors = new ErrorReader();

  function batchOf(place: Place, cursor: ScanCursor, walked: unknown, columns: Columns): RawBatch {
    const [seen, left, at, ids, before] = list(walked);
    const next = { place: cursor.place, at: text(at) ?? "", ids: list(ids).map((id) => text(id) ?? "") };
    const rows = scanRows(place.state, fields, columns, (id, name, lock) =>
      parts.workerIds.of({ queue, jobId: id, lock, name }),
    );
    const first = typeof before === "string" ? before : null;
    const places = columns.places.length === 0 ? null : columns.places.map(Number);
    return { rows, places, seen: number(seen) ?? 0, left: number(left) ?? 0, before: first, next };
  }

  async function readSmall(
    place: Place,
    cursor: ScanCursor,
    args: readonly ScriptArg[],
  ): Promise<RawBatch | null> {
    const reply = await parts.connection.read(
      (redis) => runPackedScript(redis, SCAN_PLACE, [base], args),
      signal,
    );
    const [walked, fits, first, ids, scores] = list(reply);
    if (fits !== 1) return null;
    if (list(ids).length === 0) return batchOf(place, cursor, walked, noColumns([]));
    const jobs = { key: base + place.key, order, first: number(first) ?? 0, ids: list(ids) };
    const columns = await parts.connection.read(
      (redis) => sortedColumns(redis, parts, base, jobs, fields),
      signal,
    );
    return columns === null ? null : batchOf(place, cursor, walked, { ...columns, scores: list(scores) });
  }

  return async (place, cursor, skip) => {
    const { low, high } = boundsOf(place.state, options);
    const args = [place.key, place.kind, order, BATCH, skip, cursor.at, low, high];
    const all = [...args, idContains.toLowerCase(), inPayload, letters, ...cursor.ids];
    const small =
      inPayload === "" && canSort(parts, base, place, fields) ? await readSmall(place, cursor, all) : null;
    if (small !== null) return small;
    const reply = await parts.connection.read(
      (redis) => runPackedScript(redis, SCAN_BATCH, [base], all),
      signal,
    );
    const [walked, columns] = list(reply);
    return batchOf(place, cursor, walked, columnsOf(columns, errors));
  };
}

/** Scores of finished jobs are their finish times; those of other sets are of another kind. */
export function boundsOf(state: JobState, options: ScanOptions): { low: string; high: string } {
  const finished = state === "completed" || state === "failed";
  return {
    low: finished && options.from !== undefined ? String(options.from) : "",
    high: finished && options.to !== undefined ? String(options.to) : "",
  };
}
