import type { Clock } from "@spillway/engine";
import type { AuditStore, Intent } from "../audit/index.ts";
import type { ProblemError } from "../http/problem.ts";
import { refused } from "./outcomes.ts";

/** Attempts of one kind within this time are one record, unless told otherwise. Ms. */
const SUMMED_UP_MS = 60_000;
/** Kinds that are told apart at a time; what else comes is one kind. */
const MOST_KINDS = 100;

interface Run {
  id: string;
  problem: ProblemError;
  attempts: number;
  /** What several kinds have in one record. */
  isMixed: boolean;
  cancel: () => void;
}

export interface Denials extends Disposable {
  /** Puts on record that somebody was not let in; resolves to the record's id. `forMs`: how long others are summed up with it. */
  deny(intent: Intent, problem: ProblemError, forMs?: number): Promise<string>;
}

/**
 * Attempts that are not allowed, on record: the first of a kind (who, from where, what, on which queue, why not) at
 * once, and a minute later how many more there were. So a flood of them is a line a minute, in memory and in every sink.
 */
export function createDenials(clock: Clock, audit: AuditStore): Denials {
  const runs = new Map<string, Run>();

  function end(kind: string, run: Run): void {
    runs.delete(kind);
    run.cancel();
    if (run.attempts === 1) return;
    const notes = { attempts: run.attempts, ...(run.isMixed && { of: "several people, actions or queues" }) };
    void audit.complete(run.id, "resolution", refused(run.problem, notes));
  }

  return {
    async deny(intent, problem, forMs = SUMMED_UP_MS) {
      const { actor, action, queue } = intent;
      const own = JSON.stringify([actor.id, actor.ip, action, queue, problem.code]);
      const kind = runs.has(own) || runs.size < MOST_KINDS ? own : "others";
      const known = runs.get(kind);
      if (known) {
        known.attempts++;
        return known.id;
      }
      const { id, saved } = audit.begin(intent, true);
      const cancel = clock.after(forMs, () => end(kind, run));
      const run: Run = { id, problem, attempts: 1, isMixed: kind === "others", cancel };
      runs.set(kind, run);
      await Promise.allSettled([saved, audit.complete(id, "outcome", refused(problem))]);
      return id;
    },
    [Symbol.dispose]() {
      for (const [kind, run] of runs) end(kind, run);
    },
  };
}
