import type { QueueSnapshot } from "@spillway/engine";
import { figure } from "@spillway/triage";
import { type Loss, LossWatch } from "./losses.ts";

/** Losses smaller than this share of what was there are nothing to look up from one's work for. */
const WORTH_A_LOOK = { least: 5, share: 0.01 };
/** Applications delete single jobs all day: of one queue, such losses are summed up this long for one record. Ms. */
const SUMMED_MS = 10 * 60_000;

/** How many things of a queue we acted on so since a time. */
type Ours = (actions: readonly string[], queue: string, since: number) => number;

interface Page {
  watch: LossWatch;
  /** Not yet noted. */
  kept: Loss | null;
  /** When all of it was still there. Epoch ms. */
  keptSince: number;
  notedAt: number;
}

/** What to note in the audit and what to show as a finding; null where there is nothing. */
interface Told {
  noted: Loss | null;
  /** When all that is noted was still there. Epoch ms. */
  since: number;
  found: Loss | null;
}

/** Keeps account of the jobs that vanish from queues without this console. */
export class LossBook {
  readonly #exact: () => boolean;
  readonly #pages = new Map<string, Page>();

  constructor(exact: () => boolean) {
    this.#exact = exact;
  }

  forget(queue: string): void {
    this.#pages.delete(queue);
  }

  take(queue: QueueSnapshot, at: number, ours: Ours): Told {
    const page = this.#page(queue.name);
    const since = page.watch.since ?? at;
    const taken = page.watch.take(queue, at);
    const loss = taken === null ? null : withoutOurs(taken, (actions) => ours(actions, queue.name, since));
    const found = loss !== null && isWorthALook(loss, queue) ? loss : null;
    const sum = loss === null ? page.kept : added(page.kept, loss);
    const from = page.kept === null ? since : page.keptSince;
    const due = found !== null || at - page.notedAt >= SUMMED_MS;
    if (sum === null || !due) {
      Object.assign(page, { kept: sum, keptSince: from });
      return { noted: null, since: from, found };
    }
    Object.assign(page, { kept: null, notedAt: at });
    return { noted: sum, since: from, found };
  }

  #page(queue: string): Page {
    const known = this.#pages.get(queue);
    if (known !== undefined) return known;
    const page = {
      watch: new LossWatch(this.#exact()),
      kept: null,
      keptSince: 0,
      notedAt: Number.NEGATIVE_INFINITY,
    };
    this.#pages.set(queue, page);
    return page;
  }
}

const KINDS = ["waiting", "active", "delayed", "blocked", "unfinished", "completed", "failed"] as const;
type JobsByKind = Readonly<Partial<Record<(typeof KINDS)[number], number>>>;

const total = (jobs: JobsByKind): number => KINDS.reduce((sum, kind) => sum + (jobs[kind] ?? 0), 0);

/** What we deleted ourselves is on record already; as many as we removed one by one are taken off. */
function withoutOurs(loss: Loss, ours: (actions: readonly string[]) => number): Loss | null {
  if (ours(["queue.drain", "queue.clean"]) > 0) return null;
  let byHand = ours(["job.remove", "job.cancel"]);
  const left = { ...loss };
  for (const key of ["unfinished", "failed", "delayed", "blocked", "waiting"] as const) {
    const off = Math.min(byHand, left[key]);
    left[key] -= off;
    byHand -= off;
  }
  return total(left) === 0 ? null : left;
}

function isWorthALook(loss: Loss, { counts }: QueueSnapshot): boolean {
  const { completed: _, ...held } = counts;
  return total(loss) >= Math.max(WORTH_A_LOOK.least, (total(held) + total(loss)) * WORTH_A_LOOK.share);
}

function added(one: Loss | null, other: Loss): Loss {
  if (one === null) return other;
  return {
    waiting: one.waiting + other.waiting,
    delayed: one.delayed + other.delayed,
    blocked: one.blocked + other.blocked,
    unfinished: one.unfinished + other.unfinished,
    failed: one.failed + other.failed,
    atLeast: one.atLeast || other.atLeast,
  };
}

/** How many jobs that is, and in words: `30 delayed and 2 failed jobs`. */
export function jobsInWords(jobs: JobsByKind): { sum: number; words: string } {
  const sum = total(jobs);
  const parts = KINDS.map((kind) => ({ kind, jobs: jobs[kind] ?? 0 }))
    .filter((part) => part.jobs > 0)
    .map((part) => `${figure(part.jobs)} ${part.kind}`);
  const list = parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
  return { sum, words: `${list} ${sum === 1 ? "job" : "jobs"}` };
}
