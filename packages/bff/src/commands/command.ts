import type { AuditRecord } from "@spillway/contract/schemas";
import type { Actor } from "../auth/index.ts";
import type { ProblemError } from "../http/problem.ts";
import type { Licence } from "./licence.ts";

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

/** What a write is about, as it goes on record before anything happens. */
export interface Described {
  /** Who does it, where the request itself proves that; default: who sent it. */
  actor?: Actor;
  queue: string | null;
  jobId: string | null;
  operationId?: string;
  /** Default: how the request came. */
  source?: Extract<AuditRecord["source"], "bulk" | "redrive">;
  /** What the caller believed to be true, e.g. a job's version. */
  expected?: string | null;
  /** How many things it is to change; default 1, null if that can't be said before. */
  requested?: number | null;
  /** The incident it belongs to, where the body alone does not tell. */
  incident?: string | null;
  /** Known before; goes into the intent. */
  details?: Record<string, unknown>;
  /** Its reply must not be kept, not even for a request that comes again: that is done anew, on a record of its own. */
  keepsNoReply?: true;
}

/** One write that is done while the caller waits. Making it has no effect; only the door acts on it. */
export interface ShortCommand<R> extends Described {
  /** `auditId`: of the record this is done under. */
  act(notes: Notes, auditId: string): Promise<Effect<R>>;
  /** It takes power away and grants none: it is done even if it can't be put on record. */
  evenUnrecorded?: true;
  /** After an unknown outcome: the effect, if the state now tells that it took place; else null. Changes nothing. */
  readBack?(notes: Notes): Promise<Effect<R> | null>;
}

/** One write that goes on in the background, answered with 202 as soon as it is taken on. */
export interface LongCommand<R> extends Described {
  /** Looks up what the record is to say. Asked once it is allowed; changes nothing. What it throws is the refusal. */
  prepare?(): Promise<Pick<Described, "requested" | "details">>;
  /**
   * Begins, or throws having done nothing. From then on the licence is the way to write: it must be settled when the
   * work ends, however it ends.
   */
  take(licence: Licence, notes: Notes): Promise<R>;
}

/** One attempt to get in that failed. It goes on record with others that were denied. */
export interface RefusedCommand extends Described {
  refuse: ProblemError;
}

export type Command<R> = ShortCommand<R> | LongCommand<R> | RefusedCommand;
