import type { Clock, EngineEvent, JobRow, QueueEngine, TargetResult } from "@spillway/engine";
import { fingerprint } from "../../jobs/search/cursor.ts";
import type { Redactor } from "../../redaction/index.ts";
import type { FrozenJobs } from "../frozen/frozen-jobs.ts";
import type { Chunk } from "../run/chunk-plan.ts";
import { afterEvent, afterLook, fateFrom, SEEN } from "./evidence.ts";
import { FailingShapes } from "./failing-shapes.ts";
import type { FateName, Fates } from "./fates.ts";
import { IdIndex } from "./id-index.ts";
import type { Phase } from "./phase.ts";

/** How often jobs without news are read, how many of them, and how soon those in doubt. Ms. */
const LOOK_EVERY_MS = 3_000;
const LOOK_AT_MOST = 1_000;
const LOOK_SOON_MS = 250;
/** Ids in one read. */
const READ_AT_ONCE = 200;
/** Of a phase that fails, so many errors are read; more tell nothing new. */
const ERRORS_READ = 1_000;

export interface TrackerDeps {
  engine: Pick<QueueEngine, "subscribe" | "jobsById">;
  clock: Clock;
  redactor: Redactor;
}

export interface Tracked {
  queue: string;
  jobs: FrozenJobs;
  fates: Fates;
  phases: Phase[];
  /** Called whenever a fate becomes known. */
  changed: (position: number) => void;
}

const ENDS: readonly FateName[] = ["completed", "failed", "gone"];

/**
 * Follows retried jobs: by what the engine tells, and by reading those that it told nothing of, because news may be
 * missed. A phase's counts are kept true as it goes.
 */
export class FateTracker implements Disposable {
  readonly #deps: TrackerDeps;
  readonly #tracked: Tracked;
  readonly #index: IdIndex;
  readonly #seen: Uint8Array;
  /** The phase of each job that was put back, + 1; 0 for others. */
  readonly #phase: Uint8Array;
  /** A mark of each job's version right after the retry; 0: not known. */
  readonly #marks: Uint32Array;
  readonly #shapes: FailingShapes;
  /** Positions to be read soon: their news was not clear, or their error is to be told. */
  #doubtful = new Set<number>();
  /** Where the last round of reading stopped. */
  #next = 0;
  readonly #unsubscribe: () => void;
  #looking: Promise<void> | null = null;
  #cancelLook: () => void = () => undefined;
  #lookAt = Number.POSITIVE_INFINITY;
  /** When jobs without news are read again: far enough apart that the news of a completion is not late any more. */
  #roundAt: number;
  #isClosed = false;

  constructor(deps: TrackerDeps, tracked: Tracked) {
    this.#deps = deps;
    this.#shapes = new FailingShapes(deps.redactor);
    this.#tracked = tracked;
    const { size } = tracked.jobs;
    this.#index = new IdIndex(size);
    this.#seen = new Uint8Array(size);
    this.#phase = new Uint8Array(size);
    this.#marks = new Uint32Array(size);
    this.#unsubscribe = deps.engine.subscribe((event) => this.#hear(event));
    this.#roundAt = deps.clock.now() + LOOK_EVERY_MS;
    this.#lookIn(LOOK_EVERY_MS);
  }

  /** Listens for these before they are put back: some may have run by the time the answer is here. */
  expect({ positions }: Chunk): void {
    const targets = this.#tracked.jobs.targets(positions);
    for (const [i, { id }] of targets.entries()) {
      const position = positions[i];
      if (position === undefined) continue;
      this.#seen[position] = 0;
      this.#index.set(id, position);
    }
  }

  /** Those that were put back belong to this phase from now on. */
  putBack({ positions }: Chunk, results: readonly TargetResult[], phase: Phase): void {
    for (const [i, position] of positions.entries()) {
      const result = results[i];
      if (result?.outcome !== "done") continue;
      this.#follow(position, phase);
      this.#marks[position] = result.version === null ? 0 : markOf(result.version);
      this.#conclude(position);
      if ((this.#seen[position] ?? 0) & SEEN.maybeFailed) this.#doubt(position);
    }
  }

  /** Goes on with a job that an earlier process put back. */
  resume(position: number, id: string, phase: Phase): void {
    this.#index.set(id, position);
    this.#phase[position] = phase.number;
    const fate = this.#tracked.fates.get(position);
    this.#seen[position] = SEEN_BEFORE[fate];
    count(phase, fate, 1);
    if (fate === "none") this.#follow(position, phase);
  }

  /** Reads now what is in doubt, and the errors that are to be told. */
  lookNow(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  [Symbol.dispose](): void {
    this.#isClosed = true;
    this.#unsubscribe();
    this.#cancelLook();
  }

  #follow(position: number, phase: Phase): void {
    this.#phase[position] = phase.number;
    this.#tracked.fates.set(position, "open");
  }

  #hear({ queue, jobId, type }: EngineEvent): void {
    if (jobId === null || queue !== this.#tracked.queue) return;
    const position = this.#index.get(jobId);
    if (position < 0) return;
    const before = this.#seen[position] ?? 0;
    const seen = afterEvent(before, type);
    this.#seen[position] = seen;
    // Not known yet whether it was we who put it back.
    if (this.#phase[position] === 0) return;
    this.#conclude(position);
    if (seen & SEEN.maybeFailed && !(before & SEEN.maybeFailed)) this.#doubt(position);
  }

  /** Draws from what was seen what can be drawn; a fate that is known stays, but one that vanished may yet turn up. */
  #conclude(position: number): void {
    const { fates, phases } = this.#tracked;
    const phase = phases[(this.#phase[position] ?? 0) - 1];
    const before = fates.get(position);
    const fate = fateFrom(this.#seen[position] ?? 0);
    if (phase === undefined || fate === before || before === "completed" || before === "failed") return;
    if (before === "gone" && fate !== "completed") return;
    fates.set(position, fate);
    count(phase, before, -1);
    count(phase, fate, 1);
    if (before === "open") phase.lastStartedAt = this.#deps.clock.now();
    if (fate === "failed" && phase.failedAgain <= ERRORS_READ) this.#doubt(position);
    this.#tracked.changed(position);
  }

  #doubt(position: number): void {
    this.#doubtful.add(position);
    this.#lookIn(LOOK_SOON_MS);
  }

  #lookIn(ms: number): void {
    const at = this.#deps.clock.now() + ms;
    if (this.#isClosed || at >= this.#lookAt) return;
    this.#cancelLook();
    this.#lookAt = at;
    this.#cancelLook = this.#deps.clock.after(ms, () => {
      this.#lookAt = Number.POSITIVE_INFINITY;
      void this.lookNow().finally(() => this.#lookIn(LOOK_EVERY_MS));
    });
  }

  /** An engine that is away is asked the next time. */
  async #look(): Promise<void> {
    const doubtful = this.#doubtful;
    this.#doubtful = new Set();
    const positions = [...new Set([...doubtful, ...this.#round()])];
    for (let at = 0; at < positions.length && !this.#isClosed; at += READ_AT_ONCE) {
      const part = positions.slice(at, at + READ_AT_ONCE);
      try {
        await this.#read(part);
      } catch {
        for (const position of positions.slice(at)) if (doubtful.has(position)) this.#doubtful.add(position);
        return;
      }
    }
  }

  async #read(positions: readonly number[]): Promise<void> {
    const { jobs, queue, phases, fates } = this.#tracked;
    const targets = jobs.targets(positions);
    const rows = new Map<string, JobRow>();
    for (const row of await this.#deps.engine.jobsById(
      queue,
      targets.map(({ id }) => id),
    ))
      rows.set(row.id, row);
    for (const [i, { id }] of targets.entries()) {
      const position = positions[i] ?? -1;
      const row = rows.get(id);
      const wasKnown = ENDS.includes(fates.get(position));
      if (!wasKnown) {
        this.#seen[position] = afterLook(this.#seen[position] ?? 0, row, this.#hasChanged(position, row));
        this.#conclude(position);
      }
      const phase = phases[(this.#phase[position] ?? 0) - 1];
      if (row !== undefined && phase !== undefined && fates.get(position) === "failed") {
        this.#shapes.add(phase, row);
        this.#doubtful.delete(position);
        this.#tracked.changed(position);
      }
    }
  }

  #hasChanged(position: number, row: JobRow | undefined): boolean | null {
    const mark = this.#marks[position] ?? 0;
    return mark === 0 || row === undefined ? null : mark !== markOf(row.version);
  }

  /** The next of those whose fate is open, in turn; none if it is not time for them. */
  #round(): number[] {
    const now = this.#deps.clock.now();
    if (now < this.#roundAt) return [];
    this.#roundAt = now + LOOK_EVERY_MS;
    const { fates, jobs } = this.#tracked;
    const found: number[] = [];
    for (let looked = 0; looked < jobs.size && found.length < LOOK_AT_MOST; looked++) {
      const position = this.#next;
      this.#next = (this.#next + 1) % jobs.size;
      const fate = fates.get(position);
      if (fate === "open" || fate === "started") found.push(position);
    }
    return found;
  }
}

const SEEN_BEFORE: Record<FateName, number> = {
  none: 0,
  open: 0,
  started: SEEN.started,
  completed: SEEN.started | SEEN.completed,
  failed: SEEN.failed,
  gone: SEEN.removed,
};

function count(phase: Phase, fate: FateName, by: 1 | -1): void {
  if (fate === "completed") phase.completedAgain += by;
  if (fate === "failed") phase.failedAgain += by;
  if (fate === "gone") phase.gone += by;
  // What ended had begun, seen or not.
  if (fate === "started" || fate === "completed" || fate === "failed") phase.started += by;
}

/** Never 0, which says that nothing is known. */
function markOf(version: string): number {
  return fingerprint(version) || 1;
}
