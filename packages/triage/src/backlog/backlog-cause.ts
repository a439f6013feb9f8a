import type { RateLimit } from "@spillway/engine";
import { count, duration, figure, utcMinute } from "../words.ts";

/** A figure of the last minutes beside its usual value; null where unknown. */
export interface NowAndUsual {
  now: number | null;
  usual: number | null;
}

/** A pause that is over: when it was (epoch ms; begun null: before anybody looked), and how many waited at both ends. */
export interface EndedPause {
  from: number | null;
  until: number;
  waitingBefore: number;
  waitingAfter: number;
}

/** What is known of one queue when its backlog is to be explained. Rates per minute, durations ms. */
export interface BacklogFigures {
  waiting: number;
  active: number | null;
  paused: boolean;
  rateLimit: RateLimit | null;
  /** Jobs enqueued from outside. */
  arrivalsPerMin: NowAndUsual;
  /** Jobs put back by retries, of the engine and of operators. */
  retriedPerMin: NowAndUsual;
  /** Runs begun. */
  startedPerMin: number | null;
  runP95Ms: NowAndUsual;
  /** The mean run; without it, needed slots are reckoned from the p95 and said to be at most that many. */
  runMeanMs?: NowAndUsual;
  /** Jobs that can run at once: the sum of the workers' concurrency, or the queue's own limit if that is lower. */
  slots: NowAndUsual;
  /** The last one. */
  pause?: EndedPause | null;
}

export type BacklogCauseCode =
  | "arrivals_up"
  | "jobs_slower"
  | "fewer_slots"
  | "failures_recirculating"
  | "rate_limited"
  | "slots_full"
  | "was_paused"
  | "paused";

export interface BacklogCause {
  /** Null when no figure stands out, or too few are known. */
  cause: BacklogCauseCode | null;
  /** One or two sentences with the figures: why, and what would help. */
  text: string;
}

/** A change of less than a third explains no backlog. */
const NOTABLE = 1.33;
/** A slot is free for a moment between two jobs, and a minute counts a few jobs more or less. */
const BUSY_SHARE = 0.9;
const BUSY_NOISE = 1.03;

/**
 * Why a backlog grows: the figure that moved furthest from its usual value. A pause or a rate limit comes before all. Where
 * nothing moved, usual may be the trouble itself: then it is told that all slots are busy and more comes in than they do.
 */
export function backlogCause(figures: BacklogFigures): BacklogCause {
  if (figures.paused) {
    const text = `The queue is paused; ${count(figures.waiting, "job")} ${figures.waiting === 1 ? "waits" : "wait"} until it is resumed.`;
    return { cause: "paused", text };
  }
  const limited = rateLimited(figures);
  if (limited !== null) return limited;
  const full = fullSlots(figures);
  const waited = wasPaused(figures);
  if (waited !== null) return { cause: "was_paused", text: `${waited} ${full ?? ""}`.trim() };
  const candidates = [
    { cause: "fewer_slots" as const, factor: slotsFactor(figures), tell: fewerSlots },
    { cause: "jobs_slower" as const, factor: ratio(figures.runP95Ms), tell: jobsSlower },
    {
      cause: "failures_recirculating" as const,
      factor: full !== null && isOutrun(figures) ? 0 : retryFactor(figures),
      tell: recirculating,
    },
    { cause: "arrivals_up" as const, factor: ratio(figures.arrivalsPerMin), tell: arrivalsUp },
  ];
  // The sort is stable: of equal factors the one nearer to the root of things is told.
  const worst = candidates.sort((a, b) => b.factor - a.factor)[0];
  if (worst === undefined || worst.factor < NOTABLE)
    return full === null ? { cause: null, text: unexplained(figures) } : { cause: "slots_full", text: full };
  return { cause: worst.cause, text: worst.tell(figures) };
}

/** What came in while it was paused explains what waits as long as most of it does. */
function wasPaused({ pause, waiting }: BacklogFigures): string | null {
  if (pause === undefined || pause === null) return null;
  const left = Math.min(pause.waitingAfter - pause.waitingBefore, waiting);
  if (left <= 0 || left < waiting / 2) return null;
  const from = pause.from === null ? "" : ` from ${utcMinute(pause.from)}`;
  return `It was paused${from} until ${utcMinute(pause.until)}: about ${figure(left)} of the ${figure(waiting)} that wait came in then.`;
}

/** More new jobs come in than are begun, whatever is retried. */
function isOutrun({ arrivalsPerMin: { now }, startedPerMin: started }: BacklogFigures): boolean {
  return now !== null && started !== null && now > started * BUSY_NOISE;
}

/** A queue at its limit: all slots work, and more comes in than they can do. Null if it is not, or nobody knows. */
function fullSlots(figures: BacklogFigures): string | null {
  const { arrivalsPerMin, retriedPerMin, startedPerMin: started, active } = figures;
  const slots = figures.slots.now;
  if (slots === null || slots <= 0 || active === null || started === null || arrivalsPerMin.now === null)
    return null;
  const retried = retriedPerMin.now ?? 0;
  if (active < slots * BUSY_SHARE || arrivalsPerMin.now + retried <= started * BUSY_NOISE) return null;
  const back = retried >= 1 ? ` and ${figure(retried)} are retried` : "";
  const mean = figures.runMeanMs?.now ?? null;
  const speed = mean === null ? "" : ` at ${duration(mean)} a job`;
  const which = slots === 1 ? "the only slot is" : `all ${figure(slots)} slots are`;
  return `${figure(arrivalsPerMin.now)} come in a minute${back}, ${figure(started)} can be done: ${which} busy${speed}. ${need(figures)}`.trim();
}

function rateLimited(figures: BacklogFigures): BacklogCause | null {
  const { rateLimit, startedPerMin, arrivalsPerMin } = figures;
  if (rateLimit === null || startedPerMin === null || rateLimit.perMs <= 0) return null;
  const allowed = (rateLimit.max / rateLimit.perMs) * 60_000;
  const needed = (arrivalsPerMin.now ?? 0) + (figures.retriedPerMin.now ?? 0);
  if (startedPerMin < 0.9 * allowed || needed <= allowed) return null;
  const text =
    `The rate limit of the queue, ${figure(rateLimit.max)} in ${duration(rateLimit.perMs)}, is reached: ` +
    `${figure(needed)} a minute arrive and ${figure(startedPerMin)} start. More workers would not help.`;
  return { cause: "rate_limited", text };
}

function ratio({ now, usual }: NowAndUsual): number {
  return now === null || usual === null || usual <= 0 ? 0 : now / usual;
}

function slotsFactor({ slots }: BacklogFigures): number {
  if (slots.now === null || slots.usual === null || slots.usual <= 0) return 0;
  return slots.now <= 0 ? Number.POSITIVE_INFINITY : slots.usual / slots.now;
}

/** How much retries multiply the work, against what is usual. */
function retryFactor({ arrivalsPerMin, retriedPerMin }: BacklogFigures): number {
  const load = (arrivals: number | null, retried: number | null) =>
    arrivals === null || retried === null ? null : (arrivals + retried) / Math.max(arrivals, 1);
  const now = load(arrivalsPerMin.now, retriedPerMin.now);
  const usual = load(arrivalsPerMin.usual ?? arrivalsPerMin.now, retriedPerMin.usual ?? 0);
  return ratio({ now, usual });
}

function fewerSlots(figures: BacklogFigures): string {
  const { now, usual } = figures.slots;
  const left = now === 0 ? "No slots are left" : `Only ${count(now ?? 0, "slot")} are left`;
  return `${left} of the usual ${figure(usual ?? 0)}: workers are missing. ${need(figures)}`.trim();
}

function jobsSlower(figures: BacklogFigures): string {
  const { now, usual } = figures.runP95Ms;
  const needed = need(figures, "; more workers would add load to a slow dependency");
  return `Jobs take ${duration(now ?? 0)} (p95), usually ${duration(usual ?? 0)}. ${needed}`.trim();
}

function recirculating({ retriedPerMin, arrivalsPerMin }: BacklogFigures): string {
  const beside = `${figure(retriedPerMin.now ?? 0)} retries a minute come on top of ${figure(arrivalsPerMin.now ?? 0)} new jobs`;
  return `Failures come back: ${beside}. Find the common error first; more workers would only fail faster.`;
}

function arrivalsUp(figures: BacklogFigures): string {
  const { now, usual } = figures.arrivalsPerMin;
  return `${figure(now ?? 0)} jobs a minute arrive, usually ${figure(usual ?? 0)}. ${need(figures)}`.trim();
}

function unexplained({ arrivalsPerMin, runP95Ms, slots }: BacklogFigures): string {
  if (arrivalsPerMin.now === null && runP95Ms.now === null && slots.now === null)
    return "Neither arrivals, run times nor slots are known here.";
  return "Neither arrivals, run times nor slots differ much from what is usual.";
}

/** Little's law: jobs in work at once = arrivals a minute × minutes each takes. */
function need(figures: BacklogFigures, remark = ""): string {
  const mean = figures.runMeanMs?.now ?? null;
  const runMs = mean ?? figures.runP95Ms.now;
  const { now: arrivals } = figures.arrivalsPerMin;
  if (runMs === null || arrivals === null || arrivals <= 0) return "";
  const slots = Math.ceil(((arrivals + (figures.retriedPerMin.now ?? 0)) / 60_000) * runMs);
  const have = figures.slots.now === null ? "" : `, has ${figure(figures.slots.now)}`;
  return `Needs ${mean === null ? "at most" : "≈"} ${count(slots, "slot")} at this speed${have}${remark}.`;
}
