import { canonicalJson } from "@spillway/contract/audit";
import type { JobList, JobSummary } from "@spillway/contract/schemas";
import type {
  Clock,
  JobRecord,
  JobState,
  QueueEngine,
  ScanBatch,
  ScanOptions,
  ScanRow,
} from "@spillway/engine";
import { EngineError } from "@spillway/engine";
import { invalid } from "../../http/problem.ts";
import { type Allowance, Budget } from "../../limits/budget.ts";
import { iso } from "../../metrics/wire-time.ts";
import type { Redactor } from "../../redaction/index.ts";
import type { JobViews } from "../../seams.ts";
import type { WorkerBook } from "../worker-book.ts";
import { decodePlace, encodePlace, fingerprint, type Place } from "./cursor.ts";
import { type JobFilter, jobFilter, type ListQuery } from "./filter.ts";

/** What the first request may look at: what there are many of is on screen at once. */
const FIRST: Allowance = { jobs: 20_000, ms: 800 };
/** Those that follow lose little time between them, and still say where they are twice a second. */
const FURTHER: Allowance = { jobs: 250_000, ms: 500 };
/** Where the answer is known already, little more is looked at. */
const SHORT: Allowance = { jobs: 2_000, ms: 100 };
/** The most that a page holds. */
const READ_AT_ONCE = 200;
/** Found jobs of a batch that a place remembers. */
const REMEMBERED = 16;

export interface SearchDeps {
  engine: QueueEngine;
  clock: Clock;
  views: JobViews;
  workers: WorkerBook;
  redactor: Redactor;
}

/** What a request found, and where it stopped. */
interface Haul {
  ids: string[];
  scanned: number;
  total: number;
  next: Place | null;
}

/**
 * Walks the jobs of a queue until a page is full, all was seen or the budget is spent. Following the cursor neither
 * repeats nor skips a job that stays put.
 */
export async function searchJobs(
  deps: SearchDeps,
  queue: string,
  query: ListQuery,
  signal: AbortSignal,
): Promise<Extract<JobList, { kind: "scan" }>> {
  const askedAt = deps.clock.now();
  const filter = jobFilter(queue, query, deps);
  const place = placeOf(query);
  const exact = await findExact(deps, queue, filter, place, signal);
  if (exact) place.exact = true;
  const budget = new Budget(deps.clock, allowanceOf(exact !== null, place));
  const most = query.size - (exact ? 1 : 0);
  const haul = await collect(deps, queue, { filter, place, budget, most, signal });
  const found = await rowsOf(deps, queue, haul.ids, filter, signal);
  const items = exact ? [deps.views.summary(exact), ...found] : found;
  const matches = tally(place.found, items);
  return {
    kind: "scan",
    items,
    next_cursor: haul.next === null ? null : encodePlace({ ...haul.next, found: matches }),
    scanned: haul.scanned,
    total_to_scan: haul.total,
    complete: haul.next === null,
    matches_by_state: matches,
    as_of: iso(askedAt),
  };
}

function allowanceOf(isKnown: boolean, place: Place): Allowance {
  if (isKnown) return SHORT;
  return place.engine === null ? FIRST : FURTHER;
}

function placeOf({ cursor, page: _page, size: _size, ...what }: ListQuery): Place {
  const search = fingerprint(canonicalJson(what)).toString(36);
  if (cursor !== undefined) return decodePlace(cursor, search);
  return { search, engine: null, done: 0, last: [], exact: false, found: {} };
}

/** The job whose id is what was searched for, on the first request: no scan is needed to know it. */
async function findExact(
  { engine }: SearchDeps,
  queue: string,
  filter: JobFilter,
  place: Place,
  signal: AbortSignal,
): Promise<JobRecord | null> {
  if (filter.jobId === undefined || place.engine !== null || place.done > 0 || place.exact) return null;
  const record = await engine.job(queue, filter.jobId, { signal });
  if (record === null || !filter.states.includes(record.state)) return null;
  return filter.matches(record) ? record : null;
}

interface Collecting {
  filter: JobFilter;
  place: Place;
  budget: Budget;
  most: number;
  signal: AbortSignal;
}

async function collect(deps: SearchDeps, queue: string, what: Collecting): Promise<Haul> {
  const { filter, place, budget, most, signal } = what;
  const haul: Haul = { ids: [], scanned: 0, total: 0, next: null };
  const isWanted = (row: ScanRow): boolean =>
    !(place.exact && row.id === filter.jobId) && filter.matches(row);
  let before = place.engine;
  let skip = 0;
  let seen = 0;
  /** Found in the batch, by earlier requests too. */
  let found = { done: place.done, last: place.last };
  for await (const batch of scan(deps.engine, queue, filter, place, signal)) {
    const first = seen === 0 ? alreadyDone(batch, found, isWanted) : 0;
    if (seen === 0) skip = lookedAt(batch, first);
    const { taken, end, isFull } = take(batch.rows, first, most - haul.ids.length, isWanted);
    haul.ids.push(...taken);
    haul.total = batch.totalToScan - skip;
    haul.scanned = batch.scanned - skip;
    if (isFull) {
      haul.scanned = seen + lookedAt(batch, end) - skip;
      const last = [...found.last, ...taken.map(fingerprint)].slice(-REMEMBERED);
      haul.next = { ...place, engine: before, done: found.done + taken.length, last };
      return haul;
    }
    found = { done: 0, last: [] };
    budget.spend(batch.scanned - seen);
    seen = batch.scanned;
    before = batch.cursor;
    if (batch.cursor === null) return haul;
    if (haul.ids.length >= most || budget.isSpent) {
      haul.next = { ...place, engine: before, done: 0, last: [] };
      return haul;
    }
  }
  return haul;
}

type IsWanted = (row: ScanRow) => boolean;

interface Taken {
  taken: string[];
  /** Just behind the last that was taken; where none was, where it began. */
  end: number;
  /** There is one more in this batch. */
  isFull: boolean;
}

/** Looks at rows from `first` on for at most so many that are wanted. */
function take(rows: readonly ScanRow[], first: number, most: number, isWanted: IsWanted): Taken {
  const taken: string[] = [];
  let end = first;
  for (const [i, row] of rows.entries()) {
    if (i < first || !isWanted(row)) continue;
    if (taken.length >= most) return { taken, end, isFull: true };
    taken.push(row.id);
    end = i + 1;
  }
  return { taken, end, isFull: false };
}

async function* scan(
  engine: QueueEngine,
  queue: string,
  { states, fields, order, jobId, inPayload, from, to }: JobFilter,
  place: Place,
  signal: AbortSignal,
): AsyncGenerator<ScanBatch> {
  const options: ScanOptions = {
    states,
    fields,
    order,
    signal,
    ...(place.engine !== null && { cursor: place.engine }),
    ...(jobId !== undefined && { idContains: jobId }),
    ...(inPayload !== undefined && { payloadContains: inPayload }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  };
  try {
    yield* engine.scan(queue, options);
  } catch (error) {
    const isCursor = error instanceof EngineError && error.code === "refused" && place.engine !== null;
    throw isCursor ? invalid("cursor", "It is of another engine. Search again without it.") : error;
  }
}

/**
 * How many rows at the beginning of a batch lead to the last that an earlier request found. Only what is found counts: a made-up
 * place must not tell whether a job matches in what is not shown.
 */
function alreadyDone(
  { rows }: ScanBatch,
  { done, last }: Pick<Place, "done" | "last">,
  isWanted: IsWanted,
): number {
  if (done === 0) return 0;
  const known = new Set(last);
  const at = rows.findLastIndex((row) => known.has(fingerprint(row.id)) && isWanted(row));
  // Where none of them is left, so many were found before them.
  return at >= 0 ? at + 1 : take(rows, 0, Math.max(0, done - last.length), isWanted).end;
}

/** How many jobs of a batch were looked at up to the row before an index. */
function lookedAt({ lookedBefore }: ScanBatch, index: number): number {
  if (lookedBefore === null || index === 0) return index;
  return (lookedBefore[index - 1] ?? index - 1) + 1;
}

/**
 * Jobs move on between being found and being read: what is no longer in a state that was asked for is left out. Others have their turn
 * after each page, as to show a job is work.
 */
async function rowsOf(
  { engine, views }: SearchDeps,
  queue: string,
  ids: readonly string[],
  { states }: JobFilter,
  signal: AbortSignal,
): Promise<JobSummary[]> {
  const found: JobSummary[] = [];
  for (let from = 0; from < ids.length; from += READ_AT_ONCE) {
    const rows = await engine.jobsById(queue, ids.slice(from, from + READ_AT_ONCE), { signal });
    for (const row of rows) if (states.includes(row.state)) found.push(views.summary(row));
  }
  return found;
}

type Matches = { [S in JobState]?: number | undefined };

function tally(before: Matches, rows: readonly JobSummary[]): Matches {
  const counts: Matches = { ...before };
  for (const { state } of rows) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}
