import type { Operation, OperationPhase } from "@spillway/contract/schemas";
import { formatCount, formatDuration, formatShare, plural } from "../../lib/format.ts";

type Kind = Pick<Operation, "kind" | "action">;

interface Words {
  /** What it is called on buttons and in titles. */
  name: string;
  /** `Retrying 2,310 jobs` */
  doing: string;
  /** What is true of a job it succeeded with. */
  did: string;
}

const bulkWords: Record<string, Words> = {
  "job.retry": { name: "Retry", doing: "Retrying", did: "retried" },
  "job.cancel": { name: "Cancel", doing: "Cancelling", did: "cancelled" },
  "job.remove": { name: "Remove", doing: "Removing", did: "removed" },
  "job.promote": { name: "Run now", doing: "Releasing", did: "released" },
};

const kindWords: Record<Exclude<Operation["kind"], "bulk">, Words> = {
  redrive: { name: "Retry in phases", doing: "Retrying", did: "retried" },
  drain: { name: "Delete all waiting jobs", doing: "Deleting", did: "deleted" },
  clean: { name: "Delete old jobs", doing: "Deleting", did: "deleted" },
};

const wordsOf = ({ kind, action }: Kind): Words =>
  kind === "bulk" ? (bulkWords[action] ?? { name: action, doing: action, did: "done" }) : kindWords[kind];

export const operationName = (operation: Kind): string => wordsOf(operation).name;

/** What is true of those it succeeded with; what is held is not deleted yet. */
export const didWord = (operation: Kind & Pick<Operation, "held">): string =>
  operation.held === null ? wordsOf(operation).did : "moved aside";

/** What is true of those it failed with. That a job failed would be said of its run, which is another thing. */
export const failedWord = (operation: Kind & Pick<Operation, "held">): string =>
  `could not be ${didWord(operation)}`;

/** `Retrying 2,310 jobs in phases` */
export function doingWords(operation: Kind & Pick<Operation, "matched">): string {
  const jobs = plural(operation.matched, "job");
  return `${wordsOf(operation).doing} ${jobs}${operation.kind === "redrive" ? " in phases" : ""}`;
}

/** The phase that runs, settles or waits for somebody: the last one that began, however those before it ended. */
export const currentPhase = ({ phases }: Pick<Operation, "phases">): OperationPhase | null =>
  phases.findLast(({ state }) => state !== "waiting" && state !== "cancelled") ?? phases[0] ?? null;

/** How many of a phase's jobs have met their fate. */
export const settledOf = ({ completed_again, failed_again, gone }: OperationPhase): number =>
  completed_again + failed_again + gone;

/** How many jobs of a phase were put back and have not started. */
export const waitingOf = (phase: OperationPhase): number =>
  Math.max(0, phase.retried - Math.max(phase.started, settledOf(phase)));

/** Whether it puts jobs where workers take them up, whatever becomes of the operation afterwards. */
export const putsBack = ({ action }: Pick<Operation, "action">): boolean => action === "job.retry";

/** `2,279 jobs already put back still run`, as far as is known how many; empty where none waits any more. */
export function stillRunWords(operation: Operation): string {
  if (!putsBack(operation) || operation.succeeded === 0) return "";
  if (operation.phases.length === 0) return "What is put back already still runs";
  const waiting = operation.phases.reduce((sum, phase) => sum + waitingOf(phase), 0);
  if (waiting === 0) return "";
  return `${plural(waiting, "job")} already put back still ${waiting === 1 ? "runs" : "run"}`;
}

/** `1,200 of 2,310 (52 %)` */
export const progressWords = ({ done, matched }: Pick<Operation, "done" | "matched">): string =>
  matched === 0
    ? "no job"
    : `${formatCount(done)} of ${formatCount(matched)} (${formatShare(Math.min(1, done / matched))})`;

/** `312 jobs/s, 4 s left`; empty while it does not run or nobody knows. */
export function paceWords({ speed_per_s, eta_s }: Pick<Operation, "speed_per_s" | "eta_s">): string {
  return [
    ...(speed_per_s === null ? [] : [`${formatCount(roundRate(speed_per_s))} jobs/s`]),
    ...(eta_s === null ? [] : [`${formatDuration(Math.max(1, Math.round(eta_s)))} left`]),
  ].join(", ");
}

const roundRate = (perSecond: number): number =>
  perSecond >= 10 ? Math.round(perSecond) : Math.round(perSecond * 10) / 10;

export interface TroublePart {
  text: string;
  tone: "plain" | "bad" | "warn";
}

/** `8 skipped`, `2 could not be retried`, `1 of unknown outcome`: what did not simply succeed, none where all did. */
export function troubleParts(operation: Operation): TroublePart[] {
  const { skipped, failed, unknown } = operation;
  return [
    ...(skipped > 0 ? [{ text: `${formatCount(skipped)} skipped`, tone: "plain" as const }] : []),
    ...(failed > 0
      ? [{ text: `${formatCount(failed)} ${failedWord(operation)}`, tone: "bad" as const }]
      : []),
    ...(unknown > 0 ? [{ text: `${formatCount(unknown)} of unknown outcome`, tone: "warn" as const }] : []),
  ];
}

export const troubleWords = (operation: Operation): string =>
  troubleParts(operation)
    .map(({ text }) => text)
    .join(", ");
