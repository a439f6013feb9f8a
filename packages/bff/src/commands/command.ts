/** What came of an effect. */
export interface Effect<R> {
  reply: R;
  /** How many things it changed; null if that can't be said. */
  affected: number | null;
  /** Headers of the reply, e.g. a cookie. */
  headers?: Record<string, string>;
}

/** Facts for the record, written as they become known, kept even if the effect fails. */
export type Notes = Record<string, unknown>;

/** One write, described. Making it has no effect; only the door acts on it. */
export interface Command<R> {
  queue: string | null;
  jobId: string | null;
  /** What the caller believed to be true, e.g. a job's version. */
  expected?: string | null;
  /** The incident it belongs to, where the body alone does not tell. */
  incident?: string | null;
  /** Known before; goes into the intent. */
  details?: Record<string, unknown>;
  /** `auditId`: of the record this is done under. */
  act(notes: Notes, auditId: string): Promise<Effect<R>>;
  /** After an unknown outcome: the effect, if the state now tells that it took place; else null. Changes nothing. */
  readBack?(notes: Notes): Promise<Effect<R> | null>;
}
