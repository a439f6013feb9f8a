import type {
  AuditRecord,
  EngineStatus,
  History,
  JobSummary,
  Marker,
  Overview,
  QueueDetail,
  QueueList,
  Session,
  StreamEventName,
  StreamEvents,
  WorkerList,
} from "@spillway/contract/schemas";
import type { EngineEvent, EngineSnapshot } from "@spillway/engine";

/**
 * The walls between the rooms of the BFF: what the sampler, the hub, the audit and the markers are to each other.
 * Routes see these, never the inside.
 */

/** Sends what changed to everyone who looks. `topic` narrows an event to those who asked for it, e.g. `queue:billing`. */
export interface LiveHub {
  publish<N extends StreamEventName>(event: N, data: StreamEvents[N], topic?: string): void;
}

/** A moment to compare with: what was before it is told too. */
interface Since {
  since?: string | undefined;
}

interface QueuesQuery extends Since {
  q?: string | undefined;
  sort: string;
  trouble?: string | undefined;
}

/** Which queues are shown, and what holds for each by policy. */
export interface QueueRules {
  /** Whether all are. */
  isWhole: boolean;
  sees(queue: string): boolean;
  isReadOnly(queue: string): boolean;
  /** Actions that may not be done on it, though on others, each with a sentence that says so. */
  denied(queue: string): Record<string, string>;
}

/** What a part of the queues is shown by, and whom it tells. */
export interface Glass {
  queues: QueueRules;
  hub: LiveHub;
  audit: AuditSeam;
  markers: MarkerStore;
}

/** Takes one engine snapshot per tick and answers every picture from it. */
export interface Sampler extends AsyncDisposable {
  /** Begins ticking; the first tick runs at once. */
  start(): void;
  /** Resolves after the first tick, good or bad. */
  ready(): Promise<void>;
  /** Takes a tick now, unless one is in flight: then resolves with that one. */
  tick(): Promise<void>;
  /** Somebody did something through the door: a sample is due, at once if anyone asks for a picture. */
  acted(): void;
  /** What goes on in the background came further: a sample is due soon. */
  changed(): void;
  /** Resolves when pictures show what was done; at once if nothing was since the last sample. */
  seen(): Promise<void>;
  /** Throws `engine_unavailable` if there never was a good sample. */
  overview(query?: Since): Overview;
  queues(query: QueuesQuery): QueueList;
  /** The same as JSON text, made once for all who ask the same between two samples. */
  queuesText(query: QueuesQuery): string;
  /** Null if there is no such queue in the last good sample. */
  queue(name: string, query?: Since): QueueDetail | null;
  workers(query: { queue?: string | undefined; health?: string | undefined }): WorkerList;
  history(
    query: {
      queue?: string | undefined;
      limit: number;
      from?: string | undefined;
      to?: string | undefined;
      step_s?: number | undefined;
    } & Since,
  ): History;
  engineStatus(): EngineStatus;
  /** The last good snapshot; null before the first. */
  snapshot(): EngineSnapshot | null;
  retention(): Session["retention"]["metrics"];
  /** False if no finding has this id now. */
  ackTrouble(id: string, ack: { by: string; at: string; note: string | null; until: string | null }): boolean;
  /** Forgets history and findings: another scenario was loaded. */
  reset(): void;
  /** The same ticks, showing some of the queues only. Its history begins now, but for what a rehearsal has of the past. */
  through(glass: Glass): Sampler & Disposable;
}

/** A change that this console did not make. */
export interface Observation {
  action: "queue.pause" | "queue.resume" | "job.remove";
  queue: string;
  affected: number | null;
  text: string;
  /** Not before the one, not after the other, epoch ms; `from` null: it was so when this console began to look. */
  between: { from: number | null; to: number };
}

/** What the sampler needs of the audit. */
export interface AuditSeam {
  /** Newest first. */
  recentDestructive(limit: number): AuditRecord[];
  /**
   * How many things this console acted on so in the queue at or after a time, whatever came of it; what is still under way
   * counts as a whole.
   */
  actedSince(actions: readonly string[], queue: string, since: number): number;
  /** Whether the newest record that tells of the queue's state says that it is paused, whoever paused it. */
  isPausedOnRecord(queue: string): boolean;
  /** Adds a record with `source: observed`; its id, or null where somebody else keeps that record. */
  observe(observation: Observation): string | null;
}

/** A marker as it is set; what is left out is null. */
export type NewMarker = Pick<Marker, "at" | "kind" | "title"> & Partial<Marker>;

export interface MarkerStore {
  /** Sets one; one whose id is known, or whose incident is, is changed instead, and keeps its place unless `at` moves it. */
  add(marker: NewMarker): Marker;
  /** The note of this id; null where there is none, or none that still stands. */
  note(id: string): Marker | null;
  /** Takes one off the time axis. */
  withdraw(marker: Marker): void;
  /** The incident of this id, open or ended. */
  incident(id: string): Marker | null;
  /** Whether there is an incident of this id, shown to whoever asks or not. */
  isTaken(id: string): boolean;
  /** Those that overlap the range, oldest first; `incident`: those that belong to it. */
  list(query: MarkerQuery): Marker[];
}

export interface MarkerQuery {
  from?: number | undefined;
  to?: number | undefined;
  queue?: string | undefined;
  kind?: Marker["kind"] | undefined;
  incident?: string | undefined;
}

/** Remembers the last thing the engine said of jobs that somebody acted on, so that one that vanished is not a riddle. */
export interface FateBook {
  follow(queue: string, jobId: string): void;
  note(event: EngineEvent): void;
  lastKnown(queue: string, jobId: string): { event: string; at: string } | null;
}

/** Turns engine rows into wire rows: redacts, previews and fingerprints. */
export interface JobViews {
  summary(row: import("@spillway/engine").JobRow): JobSummary;
}
