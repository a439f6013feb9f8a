import type { Operation, OperationPhase } from "@spillway/contract/schemas";
import { formatCount, plural, shownStamp } from "../../lib/format.ts";
import { isUnderWay } from "./is-under-way.ts";
import {
  currentPhase,
  didWord,
  doingWords,
  paceWords,
  progressWords,
  troubleWords,
} from "./operation-words.ts";

/** What is true of an operation now, as a sentence or two: what an operator would tell another. */
export function operationStory(operation: Operation): string {
  const emptying = emptyingWords(operation);
  if (emptying !== null) return `${emptying}.`;
  if (operation.kind === "redrive") return redriveStory(operation);
  const { state, matched, done } = operation;
  const trouble = troubleWords(operation);
  const besides = trouble === "" ? "" : ` ${upperFirst(trouble)}.`;
  const did = didWord(operation);
  switch (state) {
    case "scheduled":
      return `${plural(matched, "job")} to be ${did}; ${beginsWords(operation)}.`;
    case "running":
    case "paused":
    case "awaiting_verdict":
    case "awaiting_operator": {
      const pace = state === "running" ? paceWords(operation) : "";
      return `${progressWords(operation)} ${did} so far${pace === "" ? "" : `; ${pace}`}.${besides}`;
    }
    case "done":
      return `${howMany(operation.succeeded, matched)} ${did}${afterwards(operation)}.${besides}`;
    case "cancelled":
      return `Stopped at ${progressWords(operation)}; ${leftAlone(matched - done)}.${besides}`;
    case "failed":
      return `Broke off at ${progressWords(operation)}; ${leftAlone(matched - done)}.${besides}`;
  }
}

/** `begins 2026-11-24 14:30:00Z`: what follows from a time that has come is told by the state. */
const beginsWords = ({ starts_at }: Operation): string =>
  starts_at === null ? "not begun yet" : `begins ${shownStamp(starts_at)}`;

/** While held jobs are put back or deleted, that is what it does; null otherwise. */
function emptyingWords({ held, succeeded, ...operation }: Operation): string | null {
  if (held === null || !isUnderWay(operation)) return null;
  if (held.state !== "restoring" && held.state !== "purging") return null;
  const doing = held.state === "restoring" ? "Putting jobs back" : "Deleting jobs for good";
  const pace = paceWords({ ...operation, eta_s: null });
  return `${doing}: ${formatCount(held.count)} of ${formatCount(succeeded)} still held${pace === "" ? "" : `, ${pace}`}`;
}

/** What became of jobs that were moved aside. */
const afterwards = ({ held }: Operation): string =>
  held?.state === "restored" ? ", then put back" : held?.state === "purged" ? ", then deleted for good" : "";

const upperFirst = (text: string): string => text.replace(/^./, (letter) => letter.toUpperCase());

const howMany = (some: number, all: number): string =>
  some === 0
    ? "No job was"
    : some === all
      ? `${all === 1 ? "The one job was" : `All ${formatCount(all)} jobs were`}`
      : `${formatCount(some)} of ${plural(all, "job")} ${some === 1 ? "was" : "were"}`;

const leftAlone = (count: number): string =>
  count <= 0 ? "none was left" : `the other ${formatCount(count)} ${count === 1 ? "was" : "were"} left alone`;

function redriveStory(operation: Operation): string {
  const { state, phases, matched, done } = operation;
  const phase = currentPhase(operation);
  const where = phase === null ? "" : `Phase ${phase.number} of ${phases.length}: ${fateWords([phase])}.`;
  switch (state) {
    case "scheduled":
      return `${plural(matched, "job")} to be retried in ${plural(phases.length, "phase")}; ${beginsWords(operation)}.`;
    case "done":
      return `${howMany(operation.succeeded, matched)} retried: ${fateWords(phases)}.`;
    case "cancelled":
      return `Stopped at ${progressWords(operation)}: ${fateWords(phases)}; ${leftAlone(matched - done)}.`;
    case "failed":
      return `Stopped itself at ${progressWords(operation)}: ${fateWords(phases)}; ${leftAlone(matched - done)}.`;
    case "running":
    case "paused":
    case "awaiting_verdict":
    case "awaiting_operator":
      return where;
  }
}

/** `168 of 210 completed, 2 failed again, 40 open` of all these phases together. */
export function fateWords(phases: readonly OperationPhase[]): string {
  const sum = (count: (phase: OperationPhase) => number) => phases.reduce((all, one) => all + count(one), 0);
  const failed = sum((one) => one.failed_again);
  const gone = sum((one) => one.gone);
  const open = sum((one) => one.still_open);
  const skipped = sum((one) => one.skipped);
  const retried = sum((one) => one.retried);
  if (retried === 0)
    return skipped > 0 ? `none retried, ${formatCount(skipped)} skipped` : "none retried yet";
  return [
    `${formatCount(sum((one) => one.completed_again))} of ${formatCount(retried)} completed`,
    `${formatCount(failed)} failed again`,
    ...(gone > 0 ? [`${formatCount(gone)} vanished unseen`] : []),
    ...(open > 0 ? [`${formatCount(open)} open`] : []),
    ...(skipped > 0 ? [`${formatCount(skipped)} skipped`] : []),
  ].join(", ");
}

/** One line for the pages of a queue: `Retrying 2,310 jobs in phases: phase 2, 168 of 231 retried`. */
export function operationLine(operation: Operation): string {
  const emptying = emptyingWords(operation);
  if (emptying !== null) return emptying;
  const { state, phases } = operation;
  const phase = currentPhase(operation);
  const doing = doingWords(operation);
  const where =
    operation.kind === "redrive" && phase !== null && phases.length > 0
      ? `phase ${phase.number}, ${formatCount(phase.completed_again)} of ${formatCount(phase.size)} completed${phase.failed_again > 0 ? `, ${formatCount(phase.failed_again)} failed again` : ""}`
      : progressWords(operation);
  if (state === "scheduled") return `${doing}: ${beginsWords(operation)}`;
  const pace = state === "running" ? paceWords(operation) : "";
  return `${doing}: ${where}${pace === "" ? "" : `, ${pace}`}`;
}

/** Whether it has met something that somebody should look at. */
export const hasTrouble = (operation: Operation): boolean =>
  operation.state === "failed" ||
  operation.state === "awaiting_operator" ||
  operation.failed > 0 ||
  operation.unknown > 0 ||
  operation.phases.some(
    ({ state, overruled_by }) => overruled_by === null && (state === "regressed" || state === "undecided"),
  ) ||
  (isUnderWay(operation) && operation.note !== null && operation.state !== "paused");
