import {
  EngineError,
  JOB_STATES,
  type JobState,
  nextTurn,
  type ScanBatch,
  type ScanOptions,
  type ScanRow,
} from "@spillway/engine";
import type { Job } from "./job.ts";
import type { QueueStore } from "./queue-store.ts";
import { toScanRow } from "./rows.ts";
import type { Position } from "./sorted-list.ts";

const BATCH = 500;

/** Where a scan stands: behind `past` (null: at the beginning) in the index of a state. */
interface Place {
  stateIndex: number;
  past: Position | null;
}

const write = (place: Place): string =>
  JSON.stringify([place.stateIndex, place.past?.major ?? null, place.past?.minor ?? null]);

function read(cursor: string | undefined, states: readonly JobState[]): Place {
  if (cursor === undefined) return { stateIndex: 0, past: null };
  try {
    const [stateIndex, major, minor]: unknown[] = JSON.parse(cursor);
    if (typeof stateIndex === "number" && stateIndex >= 0 && stateIndex < states.length) {
      if (typeof major === "number" && typeof minor === "number")
        return { stateIndex, past: { major, minor } };
      if (major === null && minor === null) return { stateIndex, past: null };
    }
  } catch {
    // What is not JSON is no cursor of ours, like anything else that falls through.
  }
  throw new EngineError("refused", "The scan cannot go on from here: its cursor is not one of this engine.");
}

function wanted(job: Job, options: ScanOptions): boolean {
  const { idContains, payloadContains, from, to } = options;
  if (idContains && !job.id.toLowerCase().includes(idContains.toLowerCase())) return false;
  if (payloadContains && !job.payload.toLowerCase().includes(payloadContains.toLowerCase())) return false;
  const at =
    job.state === "completed" || job.state === "failed" ? (job.finishedAt ?? job.createdAt) : job.createdAt;
  return (from === undefined || at >= from) && (to === undefined || at <= to);
}

function leftToScan(
  store: QueueStore,
  states: readonly JobState[],
  place: Place,
  descending: boolean,
): number {
  let left = 0;
  for (const [stateIndex, state] of states.entries()) {
    const index = store.index[state];
    if (stateIndex < place.stateIndex) continue;
    if (stateIndex > place.stateIndex || !place.past) left += index.size;
    else if (descending) left += index.rank(place.past);
    else left += index.size - index.rank({ ...place.past, minor: place.past.minor + 0.5 });
  }
  return left;
}

/** See `QueueEngine.scan`; `catchUp` is called whenever the scan has waited. */
export async function* scanQueue(
  store: QueueStore,
  options: ScanOptions,
  catchUp: () => void,
): AsyncGenerator<ScanBatch> {
  const states = options.states.filter((state) => JOB_STATES.includes(state));
  const descending = (options.order ?? "newest") === "newest";
  const fields = new Set(options.fields);
  let place = read(options.cursor, states);
  const totalToScan = leftToScan(store, states, place, descending);
  let scanned = 0;
  for (;;) {
    options.signal?.throwIfAborted();
    const state = states[place.stateIndex];
    const entries = state ? store.index[state].past(place.past, BATCH, descending) : [];
    scanned += entries.length;
    const rows: ScanRow[] = [];
    const lookedBefore: number[] = [];
    for (const [n, { value }] of entries.entries()) {
      if (!wanted(value, options)) continue;
      lookedBefore.push(n);
      rows.push(toScanRow(value, fields));
    }
    const last = entries.at(-1);
    const more = entries.length === BATCH && last;
    place = more
      ? { stateIndex: place.stateIndex, past: { major: last.major, minor: last.minor } }
      : { stateIndex: place.stateIndex + 1, past: null };
    const done = place.stateIndex >= states.length;
    yield { rows, lookedBefore, scanned, totalToScan, cursor: done ? null : write(place) };
    if (done) return;
    // A batch takes a few ms. Others get their turn after each: several may scan at once.
    await new Promise<void>((resolve) => nextTurn(resolve));
    catchUp();
  }
}
