import type { EngineSnapshot, QueueSnapshot } from "@spillway/engine";
import type { PostedNotice } from "@spillway/triage";
import type { AuditSeam, Observation } from "../seams.ts";
import { jobsInWords, LossBook } from "./loss-book.ts";
import type { Loss } from "./losses.ts";

/** A write of ours may take effect some time after it was asked for, even one that timed out. Ms. */
const OUR_WRITES_TAKE_MS = 15_000;

/** What one snapshot shows to have happened since another: for the audit, for those who look, or for both. */
export interface Change {
  observation: Observation | null;
  notice: PostedNotice | null;
}

export interface OutsideChangesOptions {
  audit: Pick<AuditSeam, "actedSince">;
  /** Whether counters are exact: then small losses are believed too. */
  exact: () => boolean;
}

/** Finds changes that this console did not make. Times are those at which snapshots were asked for, by our own clock. */
export class OutsideChanges {
  readonly #audit: Pick<AuditSeam, "actedSince">;
  readonly #losses: LossBook;
  #before: { snapshot: EngineSnapshot; askedAt: number } | null = null;

  constructor({ audit, exact }: OutsideChangesOptions) {
    this.#audit = audit;
    this.#losses = new LossBook(exact);
  }

  /** `regular`: one of the snapshots that come at even times; jobs are counted at those alone. */
  take(snapshot: EngineSnapshot, askedAt: number, regular: boolean): Change[] {
    const before = this.#before;
    this.#before = { snapshot, askedAt };
    const found = regular ? this.#lost(snapshot, askedAt) : [];
    if (before === null) return found;
    const between = { from: before.askedAt, to: askedAt };
    const earlier = new Map(before.snapshot.queues.map((queue) => [queue.name, queue]));
    for (const queue of snapshot.queues) {
      const was = earlier.get(queue.name);
      earlier.delete(queue.name);
      const observation = was === undefined ? null : this.#flip(was, queue, between);
      if (observation !== null)
        found.push(changed(observation, snapshot.at, { leaves: queue.paused ? "paused" : "running" }));
    }
    for (const gone of earlier.values()) {
      this.#losses.forget(gone.name);
      found.push(changed(vanished(gone, between), snapshot.at, null));
    }
    return found;
  }

  #flip(was: QueueSnapshot, queue: QueueSnapshot, between: Between): Observation | null {
    if (was.paused === queue.paused) return null;
    const action = queue.paused ? "queue.pause" : "queue.resume";
    if (this.#audit.actedSince([action], queue.name, between.from - OUR_WRITES_TAKE_MS) > 0) return null;
    const text = `${queue.name} was ${queue.paused ? "paused" : "resumed"} from outside this console.`;
    return { action, queue: queue.name, affected: null, text, between };
  }

  #lost(snapshot: EngineSnapshot, askedAt: number): Change[] {
    const ours = (actions: readonly string[], queue: string, since: number) =>
      this.#audit.actedSince(actions, queue, since - OUR_WRITES_TAKE_MS);
    return snapshot.queues.flatMap((queue) => {
      const { name } = queue;
      const { noted, since, found } = this.#losses.take(queue, askedAt, ours);
      const observation =
        noted === null ? null : { ...lostOf(name, noted), between: { from: since, to: askedAt } };
      const notice = found === null ? null : deleted(lostOf(name, found), queue, found, snapshot.at);
      return observation === null && notice === null ? [] : [{ observation, notice }];
    });
  }
}

interface Between {
  from: number;
  to: number;
}

/**
 * A queue that was paused before this console looked, and no record says by whom. `since`: epoch ms, where the engine's own
 * past tells it.
 */
export function foundPaused(queue: string, since: number | null, askedAt: number): Observation {
  const text =
    since === null
      ? `${queue} was paused when this console began; since when and by whom is not known.`
      : `${queue} was paused from outside, before this console began; by whom is not known.`;
  const between = since === null ? { from: null, to: askedAt } : { from: since, to: since };
  return { action: "queue.pause", queue, affected: null, text, between };
}

function lostOf(queue: string, loss: Loss): Omit<Observation, "between"> {
  const { sum, words } = jobsInWords(loss);
  const text = `${loss.atLeast ? "At least " : ""}${words} of ${queue} vanished without this console.`;
  return { action: "job.remove", queue, affected: sum, text };
}

/** A queue that was deleted as a whole, with what it held. */
function vanished({ name, counts }: QueueSnapshot, between: Between): Observation {
  const { sum, words } = jobsInWords(counts);
  const held = sum === 0 ? "no jobs" : words;
  const text = `${name} is gone, deleted from outside this console. It held ${held}.`;
  return { action: "job.remove", queue: name, affected: sum, text, between };
}

function changed(observation: Observation, at: number, undoneBy: PostedNotice["undoneBy"]): Change {
  const { queue, text } = observation;
  return { observation, notice: { code: "changed_outside", queue, at, text, undoneBy } };
}

function deleted(
  { queue, text }: Pick<Observation, "queue" | "text">,
  { counts }: QueueSnapshot,
  loss: Loss,
  at: number,
): PostedNotice {
  const jobs = jobsInWords(loss).sum;
  const { completed: _, ...left } = counts;
  const lost = { jobs, share: jobs / (jobs + jobsInWords(left).sum) };
  return { code: "jobs_removed", queue, at, text, lost, undoneBy: { jobs } };
}
