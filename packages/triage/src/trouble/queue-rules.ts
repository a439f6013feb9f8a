import type { Counts } from "@spillway/engine";
import { count, duration, figure, percent } from "../words.ts";
import { failingShare, isSlow, isSpike, slowLately, spikeLately } from "./evidence.ts";
import type { Finds, TroubleCode, TroubleQueue } from "./input.ts";

/** One rule: what it says of a queue at a tick. */
type Rule = (queue: TroubleQueue, at: number) => Finds;

/** Below these a queue is small, and what happens in it is noise. */
const BACKLOG_SIZE = 50;
const GROWTH_PER_MIN = 10;
const OLD_MS = 5 * 60_000;
const SLOW_RUNS_PER_MIN = 5;
const STALLED_MS = 5 * 60_000;
const STALLED_WITHOUT_USUAL_MS = 15 * 60_000;

/** `2,742 jobs wait` */
export const waitWords = ({ waiting }: Pick<Counts, "waiting">): string =>
  `${count(waiting, "job")} ${waiting === 1 ? "waits" : "wait"}`;

const paused: Rule = ({ name, paused: isPaused, counts }) => {
  if (!isPaused) return "clear";
  const text = `${name} is paused; ${waitWords(counts)}.`;
  return { severity: "info", text, evidence: { screen: "queue", queue: name } };
};

const noWorkers: Rule = ({ name, workers, counts, paused: isPaused }) => {
  if (workers.count === null) return null;
  const wanted = (workers.expected ?? 0) > 0 || (counts.waiting > 0 && !isPaused);
  if (workers.count > 0 || !wanted) return "clear";
  const expected =
    workers.expected === null || workers.expected === 0 ? "" : ` (${workers.expected} expected)`;
  const text = `No worker serves ${name}${expected}; ${waitWords(counts)}.`;
  return { severity: "critical", text, evidence: { screen: "workers", queue: name } };
};

const tooFewWorkers: Rule = ({ name, workers }) => {
  if (workers.count === null || workers.expected === null) return null;
  if (workers.count === 0 || !isTooFew(workers.count, workers.expected)) return "clear";
  const text = `${count(workers.count, "worker")} of ${workers.expected} expected ${workers.count === 1 ? "serves" : "serve"} ${name}.`;
  return { severity: "warning", text, evidence: { screen: "workers", queue: name } };
};

const failureSpike: Rule = ({ name, rates, usual, lastSeconds }) => {
  const failing = rates.failedAttempts;
  if (failing === null) return null;
  const later = spikeLately(failing, lastSeconds, usual.failedAttempts);
  if (!isSpike(rates, usual.failedAttempts) || later === "over") return "clear";
  const share = failingShare(rates);
  const before = usual.failedAttempts === null ? "" : `, usually ${figure(usual.failedAttempts)}`;
  const ofRuns = share === null ? "" : `: ${percent(share)} of runs`;
  const text = `${figure(failing)} failed attempts a minute in ${name}${before}${ofRuns}.`;
  return {
    severity: (share ?? 0) >= 0.5 ? "critical" : "warning",
    text,
    evidence: { screen: "dlq", queue: name },
    lingers: later === "unclear",
  };
};

const slowJobs: Rule = (queue, at) => {
  const { name, runP95Ms, rates, counts, trend } = queue;
  const { now, usual } = runP95Ms;
  if (usual === null) return null;
  const growth =
    trend.direction === "growing" ? ` and grow by ${figure(trend.changePerMin ?? 0)} a minute` : "";
  const behind = counts.waiting >= BACKLOG_SIZE ? ` ${figure(counts.waiting)} wait${growth}.` : "";
  const evidence = { screen: "jobs", queue: name, state: "active" } as const;
  const runs = (rates.completed ?? 0) + (rates.failedAttempts ?? 0);
  const later = slowLately(now, queue.lastSeconds, usual);
  const slow = isSlow(now, usual) && later !== "over";
  // While runs take minutes few of them end: active jobs count as evidence too.
  if (slow && (runs >= SLOW_RUNS_PER_MIN || counts.active >= SLOW_RUNS_PER_MIN)) {
    const text = `Jobs in ${name} take ${duration(now ?? 0)} (p95), usually ${duration(usual)}.${behind}`;
    return { severity: "warning", text, evidence, lingers: later === "unclear" };
  }
  const age = heldUpFor(queue, usual, at);
  if (age === null) return now === null ? null : "clear";
  const text = `Active jobs in ${name} have run for up to ${duration(age)}, usually ${duration(usual)} (p95), and few complete.${behind}`;
  return { severity: "warning", text, evidence };
};

/**
 * How long the oldest active job has run, if jobs are being held up: a slow run tells its duration only when it ends,
 * but before that fewer end than usual while others queue behind them. Null if not.
 */
function heldUpFor(
  { counts, rates, usual, oldestActiveSince }: TroubleQueue,
  usualP95: number,
  at: number,
): number | null {
  if (oldestActiveSince === null || rates.completed === null || usual.completed === null) return null;
  const age = at - oldestActiveSince;
  const queuing =
    counts.active >= SLOW_RUNS_PER_MIN && counts.waiting >= Math.max(counts.active, BACKLOG_SIZE);
  const old = age >= Math.max(4 * usualP95, 1000) && age < STALLED_MS;
  return old && queuing && rates.completed < 0.6 * usual.completed ? age : null;
}

const stalledJobs: Rule = ({ name, counts, oldestActiveSince, runP95Ms, stalled }, at) => {
  const evidence = { screen: "jobs", queue: name, state: "active" } as const;
  const { now, perMin } = stalled;
  if (now !== null && now > 0) {
    const text = `${count(now, "job")} in ${name} stalled: no worker renews ${now === 1 ? "its lock" : "their locks"}.`;
    return { severity: "warning", text, evidence };
  }
  if (perMin !== null && perMin > 0) {
    const text = `${count(Math.ceil(perMin), "job")} in ${name} stalled in the last minute: a worker was lost, or too busy to renew its locks.`;
    return { severity: "warning", text, evidence: { screen: "workers", queue: name } };
  }
  if (counts.active === 0) return "clear";
  if (oldestActiveSince === null) return null;
  const age = at - oldestActiveSince;
  const usual = runP95Ms.usual;
  const limit =
    usual === null ? STALLED_WITHOUT_USUAL_MS : Math.max(STALLED_MS, 10 * Math.max(usual, runP95Ms.now ?? 0));
  if (age <= limit) return "clear";
  const normal = usual === null ? "" : `; p95 is usually ${duration(usual)}`;
  const text = `The oldest active job in ${name} has run for ${duration(age)}${normal}.`;
  return { severity: "warning", text, evidence, since: oldestActiveSince + limit };
};

const backlogGrowing: Rule = ({ name, counts, trend, rates, causeText }) => {
  // Half a minute of work is no backlog, however many jobs it is.
  if (counts.waiting < Math.max(BACKLOG_SIZE, 0.5 * (rates.completed ?? 0))) return "clear";
  if (trend.direction === "unknown") return null;
  const change = trend.changePerMin ?? 0;
  if (trend.direction !== "growing" || change < GROWTH_PER_MIN) return "clear";
  const cause = causeText === undefined || causeText === null ? "" : ` ${causeText}`;
  const text = `${name} grows by ${figure(change)} a minute; ${figure(counts.waiting)} wait.${cause}`;
  const far = rates.completed !== null && counts.waiting > 10 * Math.max(rates.completed, 1);
  return { severity: far ? "critical" : "warning", text, evidence: { screen: "queue", queue: name } };
};

const notDraining: Rule = ({ name, counts, trend, oldestWaitingSince }, at) => {
  if (counts.waiting < BACKLOG_SIZE) return "clear";
  if (trend.direction === "unknown" || oldestWaitingSince === null) return null;
  const age = at - oldestWaitingSince;
  if (trend.direction !== "steady" || age < OLD_MS) return "clear";
  const text = `${name} is not draining: ${figure(counts.waiting)} wait, the oldest for ${duration(age)}.`;
  return { severity: "warning", text, evidence: { screen: "jobs", queue: name, state: "waiting" } };
};

/** Two thirds of a fleet may serve: a rolling deploy takes a part away for a while. */
export function isTooFew(workers: number, expected: number): boolean {
  return workers < (expected * 2) / 3;
}

/** A pause ends no incident. For so long after it figures per minute still tell of it, and so little of what came back. */
const PAUSE_ECHOES_MS = 60_000;

/** A rule that a pause blinds: what was found before is neither there nor gone until jobs run again, so its beginning is kept. */
function blindInPause(rule: Rule): Rule {
  return (queue, at) => {
    if (queue.paused) return null;
    const found = rule(queue, at);
    const echoes = queue.resumedAt !== null && at - queue.resumedAt < PAUSE_ECHOES_MS;
    return found === "clear" && echoes ? null : found;
  };
}

/** Roots before what follows from them. */
export const QUEUE_RULES: readonly (readonly [TroubleCode, Rule])[] = [
  ["paused", paused],
  ["no_workers", noWorkers],
  ["too_few_workers", tooFewWorkers],
  ["failure_spike", blindInPause(failureSpike)],
  ["slow_jobs", blindInPause(slowJobs)],
  ["stalled_jobs", stalledJobs],
  ["backlog_growing", blindInPause(backlogGrowing)],
  ["not_draining", blindInPause(notDraining)],
];

/** What a finding explains: while it is there, these are told by it and not beside it. */
export const EXPLAINS: Readonly<Partial<Record<TroubleCode, readonly TroubleCode[]>>> = {
  paused: ["failure_spike", "slow_jobs", "backlog_growing", "not_draining"],
  // As long as it is told that it was paused from outside, and how many wait.
  changed_outside: ["paused"],
  no_workers: [
    "too_few_workers",
    "worker_lost",
    "stalled_jobs",
    "backlog_growing",
    "not_draining",
    "slow_jobs",
  ],
  worker_lost: ["too_few_workers", "stalled_jobs", "backlog_growing", "not_draining"],
  too_few_workers: ["backlog_growing", "not_draining"],
  failure_spike: ["backlog_growing", "not_draining"],
  slow_jobs: ["stalled_jobs", "backlog_growing", "not_draining"],
};
